import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { MAX_REQUESTS_PER_SENDER } from '../../domain/limits';
import { heldEnvelopeText } from '../../domain/custody/envelope';
import { createCustodyCrypto } from '../../custody/create-custody-crypto';
import { binaryKey, makeAttacker } from '../../testing/attacker';
import { agree, deliveryIs, knowsHolders, makePerson, subjectsOf, verify } from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { sendMail } from '../../testing/make-test-core';
import { SmtpPeer } from '../../testing/smtp-peer';

/** Reads a token off the wire in the place of a holder; a contact knows hers anyway. */
async function tapToken(): Promise<{ port: number; token: Promise<string>; close(): void }> {
  let tell: (token: string) => void = () => undefined;
  const token = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const server = createServer((socket) => {
    socket.write('220 x ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      const named = /RCPT TO:<([a-z2-7]{26})@/i.exec(data.toString('latin1'))?.[1];
      if (named !== undefined) tell(named);
      socket.write(named === undefined ? '250 x\r\n' : '451 4.3.0 later\r\n');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, token, close: () => void server.close() };
}

it('an envelope of a stranger who has filled the requests keeps no older mail with its holder', async () => {
  const network = await LoopbackNetwork.start();
  const [alice, mallory, bob, dave] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'mallory'),
    makePerson(network, 'bob'),
    makePerson(network, 'dave'),
  ]);
  for (const friend of [alice, mallory]) {
    await verify(friend, bob);
    await verify(bob, friend);
  }
  await agree(bob, dave);
  for (const friend of [alice, mallory]) await knowsHolders(friend, bob, 1);
  const key = binaryKey((await bob.core.call('identities.exportPublicKey', { identityId: bob.own.id })).key);
  const stranger = await makeAttacker({ localPart: 'nobody', now: Date.now() });
  const letter = () => stranger.letter({ to: bob.own.address, key });
  for (let count = 0; count < MAX_REQUESTS_PER_SENDER; count += 1) {
    const peer = await SmtpPeer.at(network, bob.own.onion);
    const said = await peer.transact({ from: stranger.address, to: bob.own.address, raw: await letter() });
    expect(said.content).toMatch(/^250/);
    peer.close();
  }
  bob.core.onion.setOnline(false);
  const { id } = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'One' });
  await deliveryIs(alice, id, 'held');
  alice.core.onion.setOnline(false);

  dave.core.onion.setOnline(false);
  const tap = await tapToken();
  network.publish(dave.own.onion, new Map([[25, tap.port]]));
  await sendMail(mallory.core, mallory.own, { to: [bob.own.address], subject: 'x' });
  const token = await tap.token;
  mallory.core.onion.setOnline(false);
  network.withdraw(dave.own.onion);
  tap.close();
  dave.core.onion.setOnline(true);

  const crypto = createCustodyCrypto();
  const raw = await letter();
  const facts = { sender: stranger.address, holder: dave.own.onion, tokenIndex: 1, counter: 1, outstanding: [] };
  const text = heldEnvelopeText({ ...facts, recipient: bob.own.address, digest: await crypto.digest(raw) });
  const signature = crypto.sign({ seed: stranger.seed, text });
  const content = crypto.packHeldEnvelope({ facts: { ...facts, signature }, raw });
  const sealed = await stranger.pgp.sealAnonymously({ content, recipient: key, now: Date.now() });
  const envelope = stranger.mime.wrapHeldEnvelope({ to: bob.own.address, date: Date.now(), sealed });
  const peer = await SmtpPeer.at(network, dave.own.onion);
  const left = await peer.transact({ from: '', to: `${token}@${bob.own.onion}`, raw: Buffer.from(envelope) });
  expect(left.content).toMatch(/^250 2\.0\.0 Held/);
  peer.close();

  const arrived = bob.core.when('message.stored', ({ message }) => message.subject === 'One');
  bob.core.onion.setOnline(true);
  await arrived;
  expect(await subjectsOf(bob)).toEqual(['One']);

  // What comes by a holder is refused for good; the stranger's own program is asked to try again.
  const handing = await SmtpPeer.at(network, bob.own.onion);
  const held = await handing.transact({ from: '', to: bob.own.address, raw: Buffer.from(envelope) });
  expect(held.content).toMatch(/^550 5\.2\.2 /);
  handing.close();
  const knocking = await SmtpPeer.at(network, bob.own.onion);
  const said = await knocking.transact({ from: stranger.address, to: bob.own.address, raw: await letter() });
  expect(said.content).toMatch(/^452 4\.2\.2 /);
  knocking.close();
  await Promise.all([alice, mallory, bob, dave].map(({ core }) => core.remove()));
  await network.stop();
});
