import { expect, it } from 'vitest';
import { binaryKey, makeAttacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore } from '../../testing/make-test-core';
import { SmtpPeer } from '../../testing/smtp-peer';

const card = (name: string, address: string): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEMAIL:${address}\r\nEND:VCARD\r\n`;

it('are read in whatever charset and under whatever type other programs send them', async () => {
  const network = await LoopbackNetwork.start();
  const bob = await makeTestCore(network);
  const own = await makeIdentity(bob, 'bob');
  const key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: own.id })).key);
  const alice = await makeAttacker({ localPart: 'alice', now: Date.now() });
  await bob.call('contacts.add', { identityId: own.id, address: alice.address, name: 'Alice' });
  const files: readonly [string, string, Buffer][] = [
    ['text/vcard', 'a.vcf', Buffer.from(card('Jürgen A', alice.address), 'utf8')],
    ['text/x-vcard', 'b.vcf', Buffer.from(card('Jürgen B', alice.address), 'latin1')],
    ['text/directory', 'c', Buffer.from(`\ufeff${card('Jürgen C', alice.address)}`, 'utf16le')],
    ['application/octet-stream', 'd.VCF', Buffer.from(card('Jürgen D', alice.address), 'utf8')],
    ['application/octet-stream', 'e.bin', Buffer.from(card('Jürgen E', alice.address), 'utf8')],
  ];
  const attachments = files.map(([contentType, filename, octets]) => ({
    contentType,
    filename,
    content: new Uint8Array(octets),
  }));
  const stored = bob.when('message.stored', ({ message }) => message.from === alice.address);
  const raw = await alice.letter({ to: own.address, key, forgery: { message: { attachments } } });
  const peer = await SmtpPeer.at(network, own.onion);
  expect((await peer.transact({ from: alice.address, to: own.address, raw })).content).toMatch(/^250/);
  peer.close();
  const { message } = await stored;
  const cards = await bob.call('messages.cards', { identityId: own.id, messageId: message.id });
  expect(cards.map(({ name }) => name)).toEqual(['Jürgen A', 'Jürgen B', 'Jürgen C', 'Jürgen D']);
  await bob.remove();
  await network.stop();
});
