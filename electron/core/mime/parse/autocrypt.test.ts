import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { MAX_HEADER_BYTES } from '../../domain/limits';
import { MAX_KEY_BLOCKS } from '../../domain/key-limits';
import type { InnerMessage, OutgoingMessage } from '../../ports/mime';
import { dearmorPublicKey } from '../octets/base64';
import { createMime } from '../create-mime';
import { checkOctets } from '../octets/octet-checks';

const onion = (letter: string): string => `${letter.repeat(56)}.onion`;
const address = (local: string, letter = 'a'): MailAddress => MailAddress.parse(`${local}@${onion(letter)}`);
const octets = (length: number, seed = 7): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * seed + length) % 256);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const armor = (key: Uint8Array): string =>
  `-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: none\n\n${base64(key).replace(/.{64}/g, '$&\n')}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n`;
const ownKey = octets(900);
const mime = createMime();

const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  messageId: `<7f0c2f1e-0000-4000-8000-000000000000@${onion('a')}>`,
  date: Date.UTC(2026, 0, 2, 3, 4, 5),
  from: address('alice'),
  to: [address('bob', 'b')],
  cc: [address('carol', 'c')],
  bcc: [],
  subject: 'Hello',
  text: 'Hello Bob\n',
  references: [],
  attachments: [],
  keyBlock: armor(ownKey),
  ...change,
});

type Parsed = Extract<InnerMessage, { outcome: 'parsed' }>;

async function read(content: Uint8Array): Promise<Parsed> {
  expect(checkOctets(content)).toBeUndefined();
  const parsed = await mime.parseInner(content);
  if (parsed.outcome !== 'parsed') throw new Error(parsed.reason);
  return parsed;
}

const roundTrip = async (change: Partial<OutgoingMessage>): Promise<Parsed> =>
  read(await mime.buildInner(message(change)));
/** Header section of what was built. */
const headerOf = (built: Uint8Array): string => Buffer.from(built).toString('utf8').split('\r\n\r\n')[0] ?? '';
const hexOf = (blocks: readonly Uint8Array[]): string[] =>
  blocks.map((block) => Buffer.from(dearmorPublicKey(Buffer.from(block).toString('latin1')) ?? block).toString('hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const inner = (...fields: string[]): Promise<Parsed> =>
  read(
    Buffer.from(
      [
        `From: Alice <${address('alice')}>`,
        `To: ${address('bob', 'b')}`,
        `Cc: ${address('carol', 'c')}`,
        `Bcc: ${address('dave', 'd')}`,
        `Message-ID: <1@${onion('a')}>`,
        'Date: Fri, 02 Jan 2026 03:04:05 +0000',
        'MIME-Version: 1.0',
        ...fields,
        'Content-Type: text/plain; hp="cipher"',
        '',
        'x',
        '',
      ].join('\r\n'),
    ),
  );

describe('keys in fields of our own', () => {
  it('are written inside the seal only, folded', async () => {
    const gossip = [{ address: address('carol', 'c'), publicKey: octets(700) }];
    const built = await mime.buildInner(message({ gossip }));
    expect(headerOf(built)).toContain(
      `\r\nAutocrypt: addr=${address('alice')}; prefer-encrypt=mutual;\r\n keydata=\r\n `,
    );
    expect(headerOf(built)).toContain(`\r\nAutocrypt-Gossip: addr=${address('carol', 'c')};\r\n keydata=\r\n `);
    expect(
      Math.max(
        ...headerOf(built)
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(160);
    const wrapped = Buffer.from(mime.wrapSealed({ message: message({ gossip }), sealed: Buffer.from('x') })).toString(
      'latin1',
    );
    expect(wrapped).not.toMatch(/autocrypt|posthorn/i);
  });

  it('come back once, the own part first', async () => {
    const gossip = [
      { address: address('bob', 'b'), publicKey: octets(500) },
      { address: address('carol', 'c'), publicKey: octets(600) },
    ];
    const parsed = await roundTrip({ gossip, otherKeyBlocks: [armor(octets(300)), armor(octets(400))] });
    expect(hexOf(parsed.keyBlocks)).toEqual([ownKey, octets(300), octets(400), octets(500), octets(600)].map(hex));
  });

  it('travel as files with names of their own', async () => {
    const built = Buffer.from(
      await mime.buildInner(message({ otherKeyBlocks: [armor(octets(300)), armor(octets(400))] })),
    ).toString('latin1');
    expect(built.match(/filename=\S+/g)).toEqual([
      'filename=OpenPGP_key.asc',
      'filename=OpenPGP_key_1.asc',
      'filename=OpenPGP_key_2.asc',
    ]);
  });

  it('do not name recipients in Bcc', async () => {
    const gossip = [{ address: address('dave', 'd'), publicKey: octets(500) }];
    expect(headerOf(await mime.buildInner(message({ bcc: [address('dave', 'd')], gossip })))).not.toContain('Gossip');
  });

  it('give way when the header has no room, gossip first', async () => {
    const to = Array.from({ length: 100 }, (_, index) => address(`p${String(index)}`, 'abcdefghij'[index % 10]));
    const gossip = to.map((to, index) => ({ address: to, publicKey: octets(1_500 + to.length, index + 1) }));
    const built = await mime.buildInner(message({ to, gossip }));
    expect(headerOf(built).length).toBeLessThanOrEqual(MAX_HEADER_BYTES);
    expect(headerOf(built)).toContain('\r\nAutocrypt: ');
    expect(headerOf(built).match(/Autocrypt-Gossip/g)?.length).toBeLessThan(40);
    expect((await read(built)).keyBlocks).toHaveLength(MAX_KEY_BLOCKS);
    const large = octets(60_000, 11);
    const withoutOwn = await mime.buildInner(message({ keyBlock: armor(large) }));
    expect(headerOf(withoutOwn)).not.toContain('Autocrypt');
    expect(hexOf((await read(withoutOwn)).keyBlocks)).toEqual([hex(large)]);
  });

  it('never break a message, whatever their number and size', async () => {
    const key = fc.integer({ min: 1, max: 30_000 }).map((length) => octets(length));
    const persons = fc.uniqueArray(fc.record({ local: fc.stringMatching(/^[a-z0-9]{1,20}$/), publicKey: key }), {
      selector: ({ local }) => local,
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(persons, key, async (people, own) => {
        const gossip = people.map(({ local, publicKey }) => ({ address: address(local, 'b'), publicKey }));
        const parsed = await roundTrip({ to: gossip.map(({ address: to }) => to), gossip, keyBlock: armor(own) });
        const known = new Set([own, ...people.map(({ publicKey }) => publicKey)].map(hex));
        expect(hexOf(parsed.keyBlocks)[0]).toBe(hex(own));
        expect(hexOf(parsed.keyBlocks).every((block) => known.has(block))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('keys in fields of others', () => {
  const keydata = base64(octets(400));

  it('are read as Delta Chat writes them', async () => {
    const folded = keydata.replace(/.{76}(?=.)/g, '$&\r\n ');
    const read = await inner(
      `Autocrypt: addr=${address('alice')}; prefer-encrypt=mutual; keydata=${folded}`,
      `Autocrypt-Gossip: addr=${address('bob', 'b')}; keydata=${base64(octets(300))}`,
      `Autocrypt-Gossip: addr=${address('carol', 'c')}; keydata=${base64(octets(200))}`,
    );
    expect(hexOf(read.keyBlocks)).toEqual([octets(400), octets(300), octets(200)].map(hex));
  });

  it('are read as Thunderbird writes them', async () => {
    const folded = keydata.replace(/.{72}/g, '$&\r\n ');
    const read = await inner(
      `Autocrypt: addr=${address('alice')}; keydata=\r\n ${folded}`,
      `Autocrypt-Gossip: addr=${address('bob', 'b')}; keydata=\r\n ${folded.slice(0, 79)}`,
    );
    expect(hexOf(read.keyBlocks)[0]).toBe(hex(octets(400)));
    expect(read.keyBlocks).toHaveLength(2);
  });

  it.each([
    ['somebody else', [`Autocrypt: addr=${address('mallory')}; keydata=${keydata}`]],
    ['an unknown attribute', [`Autocrypt: addr=${address('alice')}; type=2; keydata=${keydata}`]],
    ['an attribute twice', [`Autocrypt: addr=${address('mallory')}; addr=${address('alice')}; keydata=${keydata}`]],
    ['no key', [`Autocrypt: addr=${address('alice')}; keydata=`]],
    ['no base64', [`Autocrypt: addr=${address('alice')}; keydata=<script>`]],
    ['no address', [`Autocrypt: keydata=${keydata}`]],
    [
      'two fields',
      [
        `Autocrypt: addr=${address('alice')}; keydata=${keydata}`,
        `Autocrypt: addr=${address('alice')}; keydata=${base64(octets(90))}`,
      ],
    ],
    ['gossip of somebody in Bcc', [`Autocrypt-Gossip: addr=${address('dave', 'd')}; keydata=${keydata}`]],
    ['gossip of a stranger', [`Autocrypt-Gossip: addr=${address('eve', 'e')}; keydata=${keydata}`]],
    ['nothing', ['Autocrypt:', 'Autocrypt-Gossip: ;;;']],
  ])('count for nothing with %s', async (_what, fields) => {
    expect((await inner(...fields)).keyBlocks).toEqual([]);
  });

  it('may carry attributes that are not critical', async () => {
    expect(
      (await inner(`Autocrypt: addr=${address('alice').toUpperCase()}; _more=1; keydata=${keydata}`)).keyBlocks,
    ).toHaveLength(1);
  });

  it('are bounded, and one an address', async () => {
    const fields = Array.from(
      { length: 100 },
      (_, index) => `Autocrypt-Gossip: addr=${address('bob', 'b')}; keydata=${base64(octets(100 + index))}`,
    );
    expect(hexOf((await inner(...fields)).keyBlocks)).toEqual([hex(octets(100))]);
  });
});

describe('notices', () => {
  const code = 'abcdefghijABCDEFGHIJ_-';

  it('come back', async () => {
    expect((await roundTrip({ notices: { scanCode: code, movedTo: address('alice', 'z') } })).notices).toEqual({
      scanCode: code,
      movedTo: address('alice', 'z'),
    });
    expect((await roundTrip({})).notices).toEqual({});
  });

  it('never add a field that the code was made to hold', async () => {
    const built = await mime.buildInner(
      message({ notices: { scanCode: `${code}\r\nPosthorn-Moved-To: ${address('eve', 'e')}` } }),
    );
    expect(headerOf(built)).not.toContain('Posthorn');
  });

  it.each([
    ['a short code', ['Posthorn-Scan-Code: abc']],
    ['a long code', [`Posthorn-Scan-Code: ${'a'.repeat(65)}`]],
    ['another alphabet', ['Posthorn-Scan-Code: abcdefghijABCDEFGHIJ+/']],
    ['an encoded word', ['Posthorn-Scan-Code: =?utf-8?q?abcdefghijABCDEFGHIJ?=']],
    ['two codes', [`Posthorn-Scan-Code: ${code}`, `posthorn-scan-code: ${code}`]],
    ['no onion', ['Posthorn-Moved-To: alice@example.com']],
    ['a name', [`Posthorn-Moved-To: Alice <${address('alice', 'z')}>`]],
    ['two addresses', [`Posthorn-Moved-To: ${address('alice', 'z')}, ${address('alice', 'y')}`]],
    ['two moves', [`Posthorn-Moved-To: ${address('alice', 'z')}`, `Posthorn-Moved-To: ${address('alice', 'y')}`]],
  ])('are not taken with %s', async (_what, fields) => {
    expect((await inner(...fields)).notices).toEqual({});
  });

  it('count only in the header of the whole', async () => {
    const read = await inner('X: y', `HP-Outer: Posthorn-Moved-To: ${address('alice', 'z')}`);
    expect(read.notices).toEqual({});
  });
});

describe('other programs', () => {
  const everything = (): OutgoingMessage =>
    message({
      gossip: [{ address: address('bob', 'b'), publicKey: octets(500) }],
      otherKeyBlocks: [armor(octets(300))],
      notices: { scanCode: 'abcdefghijABCDEFGHIJ_-', movedTo: address('alice', 'z') },
    });

  it('postal-mime reads what we write', async () => {
    const email = await PostalMime.parse(await mime.buildInner(everything()));
    const field = (name: string): string =>
      email.headers.find(({ key }) => key === name)?.value.replace(/\s+/g, '') ?? '';
    expect(field('autocrypt')).toBe(`addr=${address('alice')};prefer-encrypt=mutual;keydata=${base64(ownKey)}`);
    expect(field('autocrypt-gossip')).toBe(`addr=${address('bob', 'b')};keydata=${base64(octets(500))}`);
    expect(email.attachments.map(({ mimeType }) => mimeType)).toEqual(['application/pgp-keys', 'application/pgp-keys']);
  });

  it('so does the mail library of Python', async () => {
    const script = [
      'import sys, json, email, email.policy',
      'm = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)',
      'flat = lambda name: ["".join(str(v).split()) for v in m.get_all(name, [])]',
      'print(json.dumps({"own": flat("Autocrypt"), "gossip": flat("Autocrypt-Gossip"), "code": str(m["Posthorn-Scan-Code"]), "moved": str(m["Posthorn-Moved-To"]),',
      '  "defects": len(m.defects), "types": [p.get_content_type() for p in m.walk()], "names": [p.get_filename() for p in m.walk() if p.get_filename()]}))',
    ].join('\n');
    const read: unknown = JSON.parse(
      execFileSync('python3', ['-c', script], { input: await mime.buildInner(everything()), encoding: 'utf8' }),
    );
    expect(read).toEqual({
      own: [`addr=${address('alice')};prefer-encrypt=mutual;keydata=${base64(ownKey)}`],
      gossip: [`addr=${address('bob', 'b')};keydata=${base64(octets(500))}`],
      code: 'abcdefghijABCDEFGHIJ_-',
      moved: address('alice', 'z'),
      defects: 0,
      types: ['multipart/mixed', 'text/plain', 'application/pgp-keys', 'application/pgp-keys'],
      names: ['OpenPGP_key.asc', 'OpenPGP_key_1.asc'],
    });
  });
});
