import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { encodeArmor } from '../../pgp/packets/armor';
import { literalOf } from '../../pgp/packets/literal-data';
import type { PublicSubkeyPacket } from '../../pgp/packets/openpgp-library';
import { TAG, concatBytes, joinPackets } from '../../pgp/packets/packet-framing';
import { makeSignature } from '../../pgp/packets/signatures';
import { encryptPackets, openWorkshop, signedPackets } from '../../pgp/testing/forgery';
import { bundleForTest, type TestBundle } from '../../pgp/testing/worker-bundle';
import { createMimeWorkerClient } from '../../mime/worker/mime-worker-client';
import type { OutgoingMessage } from '../../ports/mime';
import type { PublicKeyBlock } from '../../ports/keys';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SmtpPeer } from '../../testing/smtp-peer';
import { standstill } from '../../testing/standstill';

/** No letter stops the core, ends it, or costs anybody else their mail: it is read elsewhere, within limits. */
const MIB = 1 << 20;

/** Milliseconds of its own processor time that the core may take without a turn, and how much more than honest mail. */
const MOST_STANDSTILL = 50;
const TIMES_HONEST = 2;

/** Reads as the real worker, but for letters with these words, which do what a parser's fault would let them do. */
const FRAGILE_READER = `
  import { answerCalls } from '../worker/answer-calls';
  import { mimeReader } from '../mime/mime-reader';
  const held = [];
  const says = (octets, words) => Buffer.from(octets).includes(words);
  answerCalls({
    ...mimeReader,
    readHead: (content) => {
      if (says(content, 'stop the head')) for (;;);
      return mimeReader.readHead(content);
    },
    readBodies: (o) => {
      if (says(o.content, 'fill the memory')) for (;;) held.push({ word: held.length });
      if (says(o.content, 'never end')) for (;;);
      return mimeReader.readBodies(o);
    },
  });
`;

type Person = { readonly core: TestCore; readonly own: Identity; readonly key: PublicKeyBlock };

let network: LoopbackNetwork;
let bundle: TestBundle;
let bob: Person;
let fragile: Person;
let [mallory, trudy, alice]: Attacker[] = [];

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  bundle = await bundleForTest(FRAGILE_READER);
  bob = await person(await makeTestCore(network));
  const mime = createMimeWorkerClient({ workerPath: bundle.path, memoryMegabytes: 32, hangMs: 3_000 });
  fragile = await person(await makeTestCore(network, { mime }));
  [mallory, trudy, alice] = await Promise.all(['mallory', 'trudy', 'alice'].map((localPart) => attacker(localPart)));
  await fragile.core.call('contacts.add', { identityId: fragile.own.id, address: alice!.address, name: 'Alice' });
});
afterAll(async () => {
  await Promise.all([bob.core.remove(), fragile.core.remove()]);
  await network.stop();
  bundle.remove();
});

const attacker = (localPart: string): Promise<Attacker> => makeAttacker({ localPart, now: Date.now() - 1_000 });

async function person(core: TestCore): Promise<Person> {
  const own = await makeIdentity(core, 'bob');
  return { core, own, key: binaryKey((await core.call('identities.exportPublicKey', { identityId: own.id })).key) };
}

/** Compressed, as any OpenPGP program may: a letter of megabytes has few octets on the wire. */
async function compressed(by: Attacker, to: Person, content: Uint8Array): Promise<Uint8Array> {
  const { primary } = await openWorkshop({ keys: by.keys, seed: by.seed, address: by.address });
  const signature = await makeSignature({ key: primary, type: 0, over: literalOf(content), at: Date.now() - 1_000 });
  const packets = joinPackets(signedPackets({ signature, content }));
  const body = concatBytes([Uint8Array.of(1), deflateRawSync(packets, { level: 1 })]);
  const sealed = await encryptPackets(joinPackets([{ tag: TAG.compressed, body }]), await subkeyOf(to));
  return encodeArmor('PGP MESSAGE', sealed);
}

async function subkeyOf({ key }: Person): Promise<PublicSubkeyPacket> {
  return (await openWorkshop({ ...mallory!, keys: { ...mallory!.keys, publicKey: key } })).subkey;
}

type Letter = {
  readonly by: Attacker;
  readonly to: Person;
  readonly body: string;
  readonly type?: string;
  readonly encoding?: string;
  readonly changes?: Partial<OutgoingMessage>;
};

/** Everything that costs this thread time is made before the core is watched. */
async function write({
  by,
  to,
  body,
  type = 'text/plain',
  encoding = '8bit',
  changes = {},
}: Letter): Promise<Uint8Array> {
  const message = await by.message(to.own.address, changes);
  const entity = Buffer.from(await by.mime.buildInner(message)).toString('latin1');
  const part = `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
  const content = Buffer.from(
    entity.replace(/Content-Type: text\/plain[^]*?(?=\r\n--)/u, () => part),
    'latin1',
  );
  return by.mime.wrapSealed({ message, sealed: await compressed(by, to, content) });
}

async function deliver(raw: Uint8Array, o: { from: string; to: Person }): Promise<string> {
  const peer = await SmtpPeer.at(network, o.to.own.onion);
  const said = await peer.transact({ from: o.from, to: o.to.own.address, raw });
  peer.close();
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

async function send(letter: Letter): Promise<string> {
  return deliver(await write(letter), { from: letter.by.address, to: letter.to });
}

const repeated = (line: string, octets: number): string => line.repeat(Math.floor(octets / line.length));

describe('the core goes on while a letter is read', () => {
  /** What reading costs is the reader's matter; here nobody else waits for it. */
  const shapes: Record<string, Omit<Letter, 'by' | 'to'>> = {
    'empty lines': { body: repeated('\r\n', MIB / 4) },
    'links without end': { body: repeated(`${'<a href="'.repeat(8)}\r\n`, MIB / 16), type: 'text/html' },
    'comments without end': { body: repeated(`${'<!--'.repeat(19)}\r\n`, MIB / 4), type: 'text/html' },
    'soft line ends': { body: repeated('=\r\n', MIB / 4), encoding: 'quoted-printable' },
    'lines of base64': { body: repeated('AA==\r\n', MIB / 4), encoding: 'base64' },
  };

  it.each(Object.keys(shapes))('of %s', async (name) => {
    const honest = await write({ by: mallory!, to: bob, body: repeated(`${'word '.repeat(14)}\r\n`, MIB / 4) });
    const hostile = await write({ by: mallory!, to: bob, ...shapes[name]! });
    const route = { from: mallory!.address, to: bob };
    const control = await standstill(() => deliver(honest, route));
    const tested = await standstill(() => deliver(hostile, route));
    expect(control.value).toBe('250 2.0.0 Stored');
    expect(tested.value).toMatch(/^(250|5\d\d) /);
    expect(tested.worstMs).toBeLessThan(Math.max(MOST_STANDSTILL, TIMES_HONEST * control.worstMs));
  });

  it('of somebody who is not its sender, whose bodies nobody reads', async () => {
    const changes = { from: trudy!.address, messageId: `<y@${trudy!.onion}>`, keyBlock: '' };
    const forged = await write({ by: mallory!, to: fragile, body: 'fill the memory, never end', changes });
    const said = await deliver(forged, { from: trudy!.address, to: fragile });
    expect(said).toMatch(/^451 4\.7\.1 The message carries no certified key of its sender|^550 5\.7\.1 The key/);
  });
});

describe('a letter that breaks its reader', () => {
  it('by memory is refused for good, and mail that waits behind it arrives', async () => {
    const [hostile, honest] = await Promise.all([
      send({ by: mallory!, to: fragile, body: 'fill the memory' }),
      send({ by: trudy!, to: fragile, body: 'good words' }),
    ]);
    expect(hostile).toBe('554 5.6.0 The message takes too much time or memory to read');
    expect(honest).toBe('250 2.0.0 Stored');
  });

  it('by never ending is refused for good, and mail that waits behind it arrives', async () => {
    const [hostile, honest] = await Promise.all([
      send({ by: mallory!, to: fragile, body: 'never end' }),
      send({ by: trudy!, to: fragile, body: 'good words' }),
    ]);
    expect(hostile).toMatch(/^554 5\.6\.0 /);
    expect(honest).toBe('250 2.0.0 Stored');
  });

  it('even in its head is refused for good', async () => {
    expect(await send({ by: mallory!, to: fragile, body: 'stop the head' })).toMatch(/^554 5\.6\.0 /);
    expect(await send({ by: trudy!, to: fragile, body: 'good words' })).toBe('250 2.0.0 Stored');
  });

  it('holds up no contact when it is a stranger’s', async () => {
    const finished: string[] = [];
    const hostile = await write({ by: mallory!, to: fragile, body: 'never end' });
    const honest = await write({ by: alice!, to: fragile, body: 'words of a contact' });
    await Promise.all([
      deliver(hostile, { from: mallory!.address, to: fragile }).then(() => finished.push('stranger')),
      deliver(honest, { from: alice!.address, to: fragile }).then(() => finished.push('contact')),
    ]);
    expect(finished).toEqual(['contact', 'stranger']);
  });

  it('of a contact makes the next ones wait with strangers’ mail', async () => {
    const finished: string[] = [];
    const carol = await attacker('carol');
    await fragile.core.call('contacts.add', { identityId: fragile.own.id, address: carol.address, name: 'Carol' });
    expect(await send({ by: carol, to: fragile, body: 'never end' })).toMatch(/^554 5\.6\.0 /);
    const again = await write({ by: carol, to: fragile, body: 'never end' });
    const honest = await write({ by: alice!, to: fragile, body: 'words of a contact' });
    await Promise.all([
      deliver(again, { from: carol.address, to: fragile }).then(() => finished.push('suspect')),
      deliver(honest, { from: alice!.address, to: fragile }).then(() => finished.push('contact')),
    ]);
    expect(finished).toEqual(['contact', 'suspect']);
  });
});
