import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HTML_CHARACTERS, MAX_MESSAGE_BYTES } from '../../domain/limits';
import type { InnerMessage, OuterMessage } from '../../ports/mime';
import { createMime } from '../create-mime';
import { plainTextOf } from './html-text';
import { checkOctets } from '../octets/octet-checks';
import { growth, LINEAR } from '../../testing/growth';

const mime = createMime();
const onion = `${'a'.repeat(56)}.onion`;
const headers = [
  `From: alice@${onion}`,
  `To: bob@${onion}`,
  `Message-ID: <1@${onion}>`,
  'Date: Fri, 02 Jan 2026 03:04:05 +0000',
  'MIME-Version: 1.0',
];
const entity = (...lines: string[]): Buffer => Buffer.from(`${[...headers, ...lines].join('\r\n')}\r\n`, 'utf8');
const inner = (...lines: string[]): Promise<InnerMessage> => mime.parseInner(entity(...lines));
const outer = (...lines: string[]): Promise<OuterMessage> => mime.parseOuter(entity(...lines));

async function parsed(...lines: string[]): Promise<Extract<InnerMessage, { outcome: 'parsed' }>> {
  const read = await inner(...lines);
  if (read.outcome !== 'parsed') throw new Error(read.reason);
  return read;
}

const refusal = async (...lines: string[]): Promise<string> => {
  const read = await inner(...lines);
  return read.outcome === 'refused' ? read.reason : 'parsed';
};

const sealedForm = [
  'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
  '',
  '--b',
  'Content-Type: application/pgp-encrypted',
  '',
  'Version: 1',
  '',
  '--b',
  'Content-Type: application/octet-stream',
  '',
  '-----BEGIN PGP MESSAGE-----',
  '',
  'wV4D',
  '-----END PGP MESSAGE-----',
  '',
  '--b--',
];

describe('octets', () => {
  it.each([
    ['bare LF', 'a\nb\r\n', 'line-endings'],
    ['bare CR', 'a\rb\r\n', 'line-endings'],
    ['CR at the end', 'a\r', 'line-endings'],
    ['LF at the start', '\n.\r\n', 'line-endings'],
    ['CR CR LF', 'a\r\r\n', 'line-endings'],
    ['NUL', 'a\0b\r\n', 'nul'],
    ['a line of 999 octets', `${'x'.repeat(999)}\r\n`, 'line-too-long'],
    ['a last line of 999 octets', `a\r\n${'x'.repeat(999)}`, 'line-too-long'],
    ['a header without end', `${'X-A: b\r\n'.repeat(10_000)}\r\nbody\r\n`, 'header-too-large'],
  ])('refuses %s', (_what, text, reason) => {
    expect(checkOctets(Buffer.from(text))).toBe(reason);
  });

  it('takes lines of 998 octets and an empty message', () => {
    expect(checkOctets(Buffer.from(`A: b\r\n\r\n${'x'.repeat(998)}\r\n`))).toBeUndefined();
    expect(checkOctets(Buffer.alloc(0))).toBeUndefined();
  });

  it('scans the largest message at a cost that grows with its size', async () => {
    const largest = Buffer.concat([Buffer.from('\r\n'), Buffer.alloc(MAX_MESSAGE_BYTES, `${'x'.repeat(76)}\r\n`)]);
    const scan = (amount: number): void => {
      expect(checkOctets(largest.subarray(0, 2 + 78 * 175_000 * amount))).toBeUndefined();
    };
    expect(await growth(scan)).toBeLessThan(LINEAR);
  });
});

describe('the outer form', () => {
  it('is read when it is as RFC 3156 says', async () => {
    expect(await outer(...sealedForm)).toMatchObject({ outcome: 'sealed', from: `alice@${onion}` });
  });

  it.each([
    ['text in clear', ['Content-Type: text/plain', '', 'hello']],
    ['no type at all', ['', 'hello']],
    ['three parts', [...sealedForm.slice(0, -1), '--b', '', 'more', '--b--']],
    ['another protocol', sealedForm.map((line) => line.replace('pgp-encrypted";', 'pkcs7-mime";'))],
    ['no version', sealedForm.map((line) => line.replace('Version: 1', 'Version: 2'))],
    ['a signed wrapper', sealedForm.map((line) => line.replace('multipart/encrypted', 'multipart/mixed'))],
  ])('is «not sealed» with %s', async (_what, lines) => {
    expect(await outer(...lines)).toEqual({ outcome: 'refused', reason: 'not-sealed' });
  });

  it.each([
    ['two From fields', [`From: bob@${onion}`, ...sealedForm], 'duplicate-header'],
    ['two Subject fields', ['Subject: a', 'subject: b', ...sealedForm], 'duplicate-header'],
    ['two To fields', [`TO: bob@${onion}`, ...sealedForm], 'duplicate-header'],
    ['two Content-Type fields', ['Content-Type: text/plain', ...sealedForm], 'duplicate-header'],
    ['white space before the colon', [`From : bob@${onion}`, ...sealedForm], 'malformed'],
    [
      'two boundaries',
      ['Content-Type: multipart/encrypted; boundary=a; Boundary=b', '', '--a', '', '--a--'],
      'duplicate-header',
    ],
    [
      'two spellings of a boundary',
      ['Content-Type: multipart/encrypted; boundary=a; boundary*0=b', '', '--a', '', '--a--'],
      'duplicate-header',
    ],
    // A comment counts for nothing, so this is a form like any other, and the wrong one.
    [
      'a comment in the type',
      ['Content-Type: multipart/encrypted (x); boundary=a', '', '--a', '', '--a--'],
      'not-sealed',
    ],
    ['no boundary', ['Content-Type: multipart/encrypted', '', 'x'], 'malformed'],
    ['no closing delimiter', sealedForm.slice(0, -1), 'malformed'],
    ['a part after the end', [...sealedForm, '--b', '', 'x', '--b--'], 'malformed'],
  ])('is refused with %s', async (_what, lines, reason) => {
    expect(await outer(...lines)).toEqual({ outcome: 'refused', reason });
  });

  it.each([
    ['none', ''],
    ['two', `From: alice@${onion}, bob@${onion}`],
    ['an address of another kind', 'From: alice@example.com'],
    ['capitals', `From: Alice@${onion}`],
    ['an encoded address', `From: =?utf-8?q?alice=40${onion}?=`],
    ['an address hidden in a name', `From: "bob@${onion}" <alice@example.com>`],
    ['a group', `From: friends: alice@${onion};`],
    ['two brackets', `From: <bob@${onion}> <alice@${onion}>`],
  ])('needs exactly one onion address in From: %s', async (_what, from) => {
    const rest = headers.slice(1);
    const raw = Buffer.from(`${[...(from === '' ? [] : [from]), ...rest, ...sealedForm].join('\r\n')}\r\n`);
    expect(await mime.parseOuter(raw)).toEqual({
      outcome: 'refused',
      reason: from === '' ? 'missing-header' : 'bad-address',
    });
  });
});

describe('bombs', () => {
  it('answers any number of parts at a cost that grows with their number', async () => {
    const part = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n';
    const answer = async (amount: number): Promise<void> => {
      const parts = part.repeat(50_000 * amount);
      expect(await refusal('Content-Type: multipart/mixed; boundary=b', '', `${parts}--b--`)).toBe('too-many-parts');
    };
    expect(await growth(answer)).toBeLessThan(LINEAR);
  });

  it('answers deep nesting', async () => {
    const levels = Array.from({ length: 200 }, (_, level) => [
      `Content-Type: multipart/mixed; boundary=b${String(level)}`,
      '',
      `--b${String(level)}`,
    ]).flat();
    expect(await refusal(...levels, '', 'x')).toBe('nested-too-deep');
  });

  it('answers many headers of parts', async () => {
    const part = [
      '--b',
      ...Array.from({ length: 600 }, (_, index) => `X-${String(index)}: ${'y'.repeat(80)}`),
      '',
      'x',
    ];
    expect(
      await refusal(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...part,
        ...part,
        ...part,
        ...part,
        ...part,
        ...part,
        '--b--',
      ),
    ).toBe('header-too-large');
  });

  it('answers millions of lines that begin with dashes', async () => {
    const head = entity('Content-Type: multipart/mixed; boundary=b', '');
    const lines = Buffer.alloc(8_000_000, '--\r\n');
    const answer = (amount: number) => mime.parseOuter(Buffer.concat([head, lines.subarray(0, 2_000_000 * amount)]));
    expect(await growth(answer)).toBeLessThan(LINEAR);
  });
});

describe('the inner entity', () => {
  it('does not open an attached message', async () => {
    const read = await parsed(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'see below',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `From: mallory@${onion}`,
      'Subject: inner',
      'Content-Type: text/html',
      '',
      '<script>alert(1)</script>',
      '--b--',
    );
    expect(read.text).toBe('see below');
    expect(read.html).toBeUndefined();
    expect(read.attachments).toMatchObject([{ filename: 'message.eml', contentType: 'message/rfc822' }]);
  });

  it('makes one line of a subject, whatever was encoded in it', async () => {
    const read = await parsed('Subject: =?utf-8?q?Hi=0D=0ABcc:_x=00?= =?utf-8?b?8J+OuQ==?=', '', 'x');
    expect(read.subject).toBe('Hi Bcc: x 🎹');
  });

  it('drops recipients without an onion address', async () => {
    const bare = headers.filter((line) => !line.startsWith('To:'));
    const raw = Buffer.from(
      [...bare, `To: Bob <bob@${onion}>, eve@example.com, bob@${onion}, undisclosed:;`, '', 'x', ''].join('\r\n'),
    );
    expect(await mime.parseInner(raw)).toMatchObject({ outcome: 'parsed', to: [`bob@${onion}`] });
  });

  it('gives text for a body of HTML only', async () => {
    const read = await parsed(
      'Content-Type: text/html; charset=utf-8',
      '',
      '<style>p{}</style><p>One &amp; two</p><p>Three</p>',
    );
    expect(read.html).toContain('<p>');
    expect(read.text).toMatch(/One & two\s+Three/);
    expect(read.text).not.toContain('p{}');
  });

  it('reads a charset that does not exist', async () => {
    expect((await parsed('Content-Type: text/plain; charset=x-klingon', '', 'nuqneH')).text).toContain('nuqneH');
  });

  it.each([
    ['Date: yesterday', 'malformed'],
    ['Date: Fri, 02 Jan 99999 03:04:05 +0000', 'malformed'],
    ['Date: Fri, 02 Jan 1960 03:04:05 +0000', 'malformed'],
    ['Message-ID: no brackets', 'malformed'],
    [`Message-ID: <${'x'.repeat(400)}@${onion}>`, 'malformed'],
    ['Date:', 'malformed'],
  ])('refuses %s', async (field, reason) => {
    const name = field.slice(0, field.indexOf(':') + 1);
    const lines = [...headers.filter((line) => !line.startsWith(name)), field, '', 'x', ''];
    expect(await mime.parseInner(Buffer.from(lines.join('\r\n')))).toEqual({ outcome: 'refused', reason });
  });

  it.each(['Date:', 'Message-ID:', 'From:'])('needs %s', async (name) => {
    const lines = [...headers.filter((line) => !line.startsWith(name)), '', 'x', ''];
    expect(await mime.parseInner(Buffer.from(lines.join('\r\n')))).toEqual({
      outcome: 'refused',
      reason: 'missing-header',
    });
  });

  it('knows whether its headers are protected', async () => {
    expect((await parsed('Content-Type: text/plain; hp="cipher"', '', 'x')).headersProtected).toBe(true);
    expect((await parsed('Content-Type: text/plain; protected-headers="v1"', '', 'x')).headersProtected).toBe(true);
    expect((await parsed('Content-Type: text/plain; hp="clear"', '', 'x')).headersProtected).toBe(false);
  });

  it('bounds references and keys', async () => {
    const references = Array.from({ length: 400 }, (_, index) => ` <${String(index)}@${onion}>`);
    const read = await parsed(`References:${references.join('\r\n')}`, '', 'x');
    expect(read.references).toHaveLength(100);
    expect(read.references.at(-1)).toBe(`<399@${onion}>`);
  });

  it.each(['<', '<p ', '&', '<style>', '<!--'])(
    'takes HTML of endless %s at a cost that grows with it',
    async (piece) => {
      const endless = piece.repeat(MAX_HTML_CHARACTERS / piece.length);
      const read = (amount: number) => plainTextOf(endless.slice(0, (endless.length / 4) * amount));
      expect(await growth(read)).toBeLessThan(LINEAR);
    },
  );
});

describe('anything at all', () => {
  const pieces = fc.constantFrom(
    '--b',
    '--b--',
    '--c',
    '',
    ' ',
    'x',
    'Content-Type: text/html',
    'Content-Type: multipart/mixed; boundary=b',
    'Content-Type: multipart/related; boundary="c"',
    'Content-Type: message/rfc822',
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: quoted-printable',
    "Content-Disposition: attachment; filename*=utf-8''%ff%00",
    'Content-Disposition: attachment; filename*0="a"; filename*1="b"',
    '=?utf-8?b?////?=',
    'Subject: =?x?q?=ff?= =?utf-8?q?=f0=9f?=',
    'To: "a" <',
    '=',
    '=0',
    '////',
    '<p>&#x110000;</p>',
    'Content-Type: text/plain; charset=utf-16',
    'Content-Type: text/calendar; method=x',
    'Content-Type: application/pgp-keys',
    '\u{1f600}',
  );

  it('is answered and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ maxLength: 40 })), { maxLength: 60 }), async (lines) => {
        const raw = entity(...lines);
        expect(['parsed', 'refused']).toContain((await mime.parseInner(raw)).outcome);
        expect(['sealed', 'refused']).toContain((await mime.parseOuter(raw)).outcome);
      }),
      { numRuns: 800 },
    );
  });

  it('takes any octets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4_000 }), async (raw) => {
        expect((await mime.parseInner(raw)).outcome).toBe('refused');
        expect((await mime.parseOuter(raw)).outcome).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });
});
