import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CARD_CHARACTERS } from '../../domain/limits';
import { MAX_KEY_BLOCK_BYTES } from '../../domain/key-limits';
import type { ContactCard } from '../../ports/mime';
import { cardName } from './card-name';
import { createMime } from '../create-mime';
import { readCards } from './read-cards';
import { growth, LINEAR } from '../../testing/growth';

const mime = createMime();
const writeCard = (card: ContactCard): string => mime.writeCard(card);
const bob = `bob@${'b'.repeat(56)}.onion`;
const key = Uint8Array.from({ length: 800 }, (_, index) => (index * 7) % 256);
const base64 = Buffer.from(key).toString('base64');
const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const one = (...lines: string[]): ContactCard[] | undefined => readCards(card(...lines));
const hexOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

describe('a card that is written', () => {
  it('is vCard 4 with name, address and key', () => {
    const lines = writeCard({ name: 'Bob; the, “Builder”', addresses: [bob], key }).split('\r\n');
    expect(lines.slice(0, 4)).toEqual(['BEGIN:VCARD', 'VERSION:4.0', 'FN:Bob; the\\, “Builder”', `EMAIL:${bob}`]);
    expect(lines[4]).toMatch(/^KEY;MEDIATYPE=application\/pgp-keys:data:application\/pgp-keys;base64,/);
    expect(lines.slice(-2)).toEqual(['END:VCARD', '']);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBe(75);
  });

  it('has the local part for a name when there is none', () => {
    expect(writeCard({ name: ' \u202e ', addresses: [bob] })).toContain('\r\nFN:bob\r\n');
  });

  it('is the only card, whatever the name holds', () => {
    const text = writeCard({ name: 'Bob\r\nEND:VCARD\r\nBEGIN:VCARD\nFN:Eve\\nEMAIL:eve@x', addresses: [bob] });
    expect(readCards(text)).toEqual([{ name: 'Bob END:VCARD BEGIN:VCARD FN:Eve\\nEMAIL:eve@x', addresses: [bob] }]);
  });

  it('comes back, any name, any key', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.uint8Array({ minLength: 1, maxLength: 3_000 }),
        (name, octets) => {
          const text = writeCard({ name, addresses: [bob], key: octets });
          expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
          const [read, ...others] = readCards(text) ?? [];
          expect(others).toEqual([]);
          expect(read).toMatchObject({ name: cardName(name) || 'bob', addresses: [bob] });
          expect(hexOf(read?.key)).toBe(hexOf(octets));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has room for the largest key', () => {
    const largest = new Uint8Array(MAX_KEY_BLOCK_BYTES).fill(65);
    const text = writeCard({ name: 'Bob', addresses: [bob], key: largest });
    expect(text.length).toBeLessThan(MAX_CARD_CHARACTERS);
    expect(readCards(text)?.[0]?.key).toHaveLength(MAX_KEY_BLOCK_BYTES);
  });
});

describe('cards of others', () => {
  it('are read from vCard 4', () => {
    const [read] =
      one(
        'VERSION:4.0',
        'FN;LANGUAGE=en:Bob',
        `item1.EMAIL;TYPE=home;PREF=1:${bob}`,
        'TEL;VALUE=uri:tel:+1',
        `KEY:data:application/pgp-keys;base64,${base64}`,
      ) ?? [];
    expect(read).toMatchObject({ name: 'Bob', addresses: [bob] });
    expect(hexOf(read?.key)).toBe(hexOf(key));
  });

  it('are read from vCard 3.0 with folded base64', () => {
    const folded = base64.replace(/.{70}/g, '$&\r\n ');
    const [read] =
      one(
        'VERSION:3.0',
        'N:Builder;Bob;;;',
        'FN:Bob Builder',
        `EMAIL;TYPE=INTERNET:${bob}`,
        `KEY;ENCODING=b;TYPE=PGP:${folded}`,
      ) ?? [];
    expect(read).toMatchObject({ name: 'Bob Builder', addresses: [bob] });
    expect(hexOf(read?.key)).toBe(hexOf(key));
  });

  it('are read with the key as text', () => {
    const armored = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjME\n-----END PGP PUBLIC KEY BLOCK-----\n';
    for (const version of ['3.0', '4.0']) {
      const [read] =
        one(`VERSION:${version}`, `EMAIL:${bob}`, `KEY;VALUE=text:${armored.replaceAll('\n', '\\n')}`) ?? [];
      expect(Buffer.from(read?.key ?? []).toString()).toBe(armored);
    }
  });

  it.each([
    ['2.1', 'FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=FCrgen', 'Jürgen'],
    ['2.1', 'FN;CHARSET=windows-1252;QUOTED-PRINTABLE:J=FCrgen =80', 'Jürgen €'],
    ['2.1', 'FN;QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen', 'Jürgen'],
    ['2.1', 'FN;ENCODING=QUOTED-PRINTABLE:J=FCrgen', 'Jürgen'],
    ['2.1', 'FN;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen', 'Jürgen'],
    ['2.1', 'FN;CHARSET=cp850;ENCODING=QUOTED-PRINTABLE:J=81rgen', 'Jürgen'],
    ['2.1', 'FN;CHARSET=Shift_JIS;ENCODING=QUOTED-PRINTABLE:=93=FA=96=7B', '日本'],
    ['2.1', 'FN;CHARSET=ISO-8859-1;ENCODING=BASE64:SvxyZ2Vu', 'Jürgen'],
    ['2.1', 'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg', 'Jörg Müller'],
    ['3.0', 'FN:Doe\\, Jane\\; Dr.', 'Doe, Jane; Dr.'],
    ['4.0', 'FN:Doe\\, Jane\\; Dr.', 'Doe, Jane; Dr.'],
    ['3.0', 'item1.FN:a\\:b\\;c', 'a:b;c'],
    ['3.0', 'FN:a\\\\;b\\nc', 'a\\;b c'],
    ['3.0', 'N:Do\\;e;Ja\\,ne', 'Ja,ne Do;e'],
    ['3.0', 'FN:\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['3.0', 'FN:Bo\u200db\u2800\u2800 \u3164X\u202e', 'Bob X'],
  ])('of version %s are read with their charset and escapes: %s', (version, line, name) => {
    expect(one(`VERSION:${version}`, line, `EMAIL:${bob}`)).toMatchObject([{ name }]);
  });

  it('are read from vCard 2.1 with quoted-printable and bare parameters', () => {
    const read = one(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg',
      'FN;CHARSET=UTF-8;QUOTED-PRINTABLE:J=C3=B6rg =',
      'M=C3=BCller',
      `EMAIL;PREF;INTERNET:${bob}`,
      `KEY;PGP;BASE64:${base64}`,
    );
    expect(read).toMatchObject([{ name: 'Jörg Müller', addresses: [bob] }]);
    expect(hexOf(read?.[0]?.key)).toBe(hexOf(key));
  });

  it('have a name without FN', () => {
    expect(one('VERSION:3.0', 'N:Builder;Bob;;;', `EMAIL:${bob}`)).toMatchObject([{ name: 'Bob Builder' }]);
    expect(one('VERSION:4.0', `EMAIL:${bob}`)).toMatchObject([{ name: 'bob' }]);
  });

  it('may have several addresses, which are all told', () => {
    expect(one('VERSION:4.0', 'FN:B', `EMAIL:${bob}`, `EMAIL:${bob}`, 'EMAIL:bob@example.com')).toMatchObject([
      { addresses: [bob, 'bob@example.com'] },
    ]);
  });

  it('may be many, with any line ends and a mark before them', () => {
    const text = `\ufeff${Array.from({ length: 70 }, (_, index) => card('VERSION:4.0', `FN:P${String(index)}`, `EMAIL:p${String(index)}@x`)).join('\r\n')}`;
    expect(readCards(text)).toHaveLength(50);
    expect(readCards(text.replaceAll('\r\n', '\n'))).toHaveLength(50);
    expect(readCards(text.replaceAll('\r\n', '\r'))).toHaveLength(50);
  });

  it.each([
    ['fetched', `KEY;VALUE=uri:https://example.com/bob.asc`],
    ['a certificate', `KEY:data:application/pkix-cert;base64,${base64}`],
    ['X.509', `KEY;ENCODING=b;TYPE=X509:${base64}`],
    ['no base64', 'KEY:data:application/pgp-keys;base64,<script>'],
    ['too large', `KEY:data:application/pgp-keys;base64,${'A'.repeat(360_000)}`],
    ['empty', 'KEY:'],
  ])('have no key when it is %s', (_what, line) => {
    expect(one('VERSION:4.0', 'FN:Bob', `EMAIL:${bob}`, line)).toEqual([{ name: 'Bob', addresses: [bob] }]);
  });
});

describe('what is no card', () => {
  it.each([
    ['nothing', ''],
    ['words', 'hello'],
    ['an address', `mailto:${bob}`],
    ['a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'],
    ['a card that does not end', `BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:${bob}\r\n`],
    ['an end alone', 'END:VCARD\r\nEND:VCARD\r\n'],
    ['too much', card('VERSION:4.0', `EMAIL:${bob}`, `NOTE:${'x'.repeat(MAX_CARD_CHARACTERS)}`)],
  ])('%s', (_what, text) => {
    expect(readCards(text)).toBeUndefined();
  });

  it('a card without an address is left out', () => {
    expect(one('VERSION:4.0', 'FN:Bob')).toEqual([]);
    expect(readCards(card('VERSION:4.0', 'EMAIL: ') + card('VERSION:4.0', `EMAIL:${bob}`))).toHaveLength(1);
  });
});

describe('hostile cards', () => {
  it('do not give somebody the address of another card inside', () => {
    const text = card(
      'VERSION:2.1',
      'FN:Bob',
      `EMAIL:${bob}`,
      'AGENT:',
      'BEGIN:VCARD',
      'EMAIL:eve@x',
      'END:VCARD',
      'NOTE:x',
    );
    expect(readCards(text)).toEqual([{ name: 'Bob', addresses: [bob] }]);
  });

  it('have names cut, on one line, in one direction', () => {
    const [long] = one('VERSION:4.0', `FN:${'🎺'.repeat(300)}`, `EMAIL:${bob}`) ?? [];
    expect(long?.name).toBe('🎺'.repeat(50));
    expect(cardName(`x${'🎺'.repeat(60)}`)).toBe(`x${'🎺'.repeat(49)}`);
    expect(one('VERSION:4.0', 'FN:Bob\\nEve\t\u0000\u202eevil\u2028x', `EMAIL:\u0007${bob}`)).toEqual([
      { name: 'Bob Eve evil x', addresses: [bob] },
    ]);
  });

  it.each([
    ['lines', 'NOTE:x\r\n', 18_500],
    ['empty lines', '\r\n', 62_500],
    ['one-letter lines', 'x\n', 62_500],
    ['continued lines', ' x\r\n', 30_000, 'NOTE:\r\n'],
    ['addresses', 'EMAIL:a@b\r\n', 12_500],
    ['parameters', ';a=b', 30_000, 'EMAIL', ':x@y\r\n'],
    ['parameters without end', ';a=b', 30_000, 'EMAIL', '\r\n'],
    ['quotes', '"', 100_000, 'EMAIL;TYPE=', ':x\r\n'],
    ['escapes', '\\n', 62_500, 'FN:', '\r\n'],
    ['soft breaks', '=\r\n', 37_500, 'FN;ENCODING=QUOTED-PRINTABLE:', '\r\n'],
    ['semicolons', ';', 125_000, 'N:', '\r\n'],
    ['beginnings', 'BEGIN:VCARD\r\n', 10_000],
    ['base64', 'A', 125_000, 'KEY;ENCODING=b:', '\r\n'],
    ['keys', 'KEY:data:application/pgp-keys;base64,AAAA\r\n', 3_250],
  ])(
    'of endless %s are answered at a cost that grows with them',
    async (_what, piece, count, before = '', after = '') => {
      const read = (amount: number) =>
        readCards(card('VERSION:4.0', `EMAIL:${bob}`, before + piece.repeat(count * amount) + after));
      expect(await growth(read)).toBeLessThan(LINEAR);
    },
  );

  it('are never thrown at', () => {
    const pieces = fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'VERSION:4.0',
      'VERSION:3.0',
      'VERSION:2.1',
      'FN:',
      'FN;VALUE=__proto__:x',
      'EMAIL;constructor=1:a@b',
      'EMAIL;__proto__=1:a@b',
      'EMAIL;VALUE=date:a@b',
      'EMAIL;VALUE=utc-offset:1',
      'EMAIL;=:a@b',
      'EMAIL;TYPE="a:b',
      'EMAIL;TYPE=a,b;TYPE=c:a@b',
      '.EMAIL:a',
      'a.b.EMAIL:a@b',
      'EMAIL;ENCODING=QUOTED-PRINTABLE:=',
      'N:;;;;;',
      'N;SORT-AS="x":a,b;c',
      'KEY;ENCODING=b:=',
      'KEY:data:;base64,',
      'KEY;VALUE=date-time:x',
      ' ',
      '\t',
      '=',
      '\ud800',
      '',
      ':',
      ';',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 30 })), { maxLength: 40 }), (lines) => {
        for (const read of readCards(lines.join('\r\n')) ?? []) {
          expect(read.addresses.length).toBeGreaterThan(0);
          expect(read.name.length).toBeLessThanOrEqual(100);
        }
        readCards(card(...lines));
      }),
      { numRuns: 1_500 },
    );
  });
});
