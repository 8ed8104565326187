import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { MAX_MIME_DEPTH, MAX_MIME_PARTS } from '../../domain/limits';
import type { MimeRefusal } from '../../domain/refusals';
import { createMime } from '../create-mime';

const mime = createMime();
const onion = `${'a'.repeat(56)}.onion`;
const author = MailAddress.parse(`alice@${onion}`);
const fields = {
  From: `alice@${onion}`,
  To: `bob@${onion}`,
  'Message-ID': `<1@${onion}>`,
  Date: 'Fri, 02 Jan 2026 03:04:05 +0000',
  'MIME-Version': '1.0',
};

/** A letter with some fields in the place of its own; undefined leaves one out. */
function letter(change: Readonly<Record<string, string | undefined>>, ...lines: readonly string[]): Buffer {
  const changed: Readonly<Record<string, string | undefined>> = { ...fields, ...change };
  const all = Object.entries(changed).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${value === '' ? '' : ' '}${value}`],
  );
  return Buffer.from([...all, ...lines, ''].join('\r\n'), 'latin1');
}

async function outcomeOf(content: Buffer): Promise<MimeRefusal | 'parsed'> {
  const head = await mime.readHead(content);
  if (head.outcome === 'refused') return head.reason;
  await mime.readBodies({ content, from: author, isKnown: true });
  return 'parsed';
}

const mixed = (...lines: string[]): Buffer => letter({ 'Content-Type': 'multipart/mixed; boundary=b' }, ...lines);
const nested = (levels: number): string[] =>
  Array.from({ length: levels }, (_, at) => [
    `--b${String(at)}`,
    `Content-Type: multipart/mixed; boundary=b${String(at + 1)}`,
    '',
  ]).flat();
const deep = (levels: number): Buffer =>
  letter(
    { 'Content-Type': 'multipart/mixed; boundary=b0' },
    '',
    ...nested(levels - 1),
    ...Array.from({ length: levels }, (_, at) => `--b${String(levels - 1 - at)}--`),
  );

/** Chapter 5 of PROTOCOL.md: each reason, and all that earns it. */
const refused: Readonly<Record<Exclude<MimeRefusal, 'not-sealed'>, readonly (readonly [string, Buffer])[]>> = {
  'line-endings': [
    ['a line feed alone', letter({}, '', 'a\nb')],
    ['a carriage return alone', letter({}, '', 'a\rb')],
  ],
  nul: [['a NUL', letter({}, '', 'a\0b')]],
  'line-too-long': [['a line of 999 octets', letter({}, '', 'x'.repeat(999))]],
  'header-too-large': [
    [
      'a header section of more than 64 KiB',
      letter({}, ...Array.from({ length: 800 }, () => `X: ${'y'.repeat(90)}`), '', 'x'),
    ],
    ['one of a part', mixed('', '--b', ...Array.from({ length: 800 }, () => `X: ${'y'.repeat(90)}`), '', 'x', '--b--')],
    ['one of a part without end', mixed('', '--b', ...Array.from({ length: 800 }, () => `X: ${'y'.repeat(90)}`))],
    [
      'sections of more than 256 KiB together',
      mixed(
        '',
        ...Array.from({ length: 6 }, () => [
          '--b',
          ...Array.from({ length: 550 }, () => `X: ${'y'.repeat(90)}`),
          '',
          'x',
        ]).flat(),
        '--b--',
      ),
    ],
  ],
  'duplicate-header': [
    ...[
      'From',
      'Sender',
      'Reply-To',
      'To',
      'Cc',
      'Bcc',
      'Subject',
      'Date',
      'Message-ID',
      'In-Reply-To',
      'References',
      'MIME-Version',
    ].map((name): [string, Buffer] => [
      `${name} twice`,
      letter({ [name]: '<a@b>' }, `${name.toLowerCase()}: <a@b>`, '', 'x'),
    ]),
    ...['Type', 'Transfer-Encoding', 'Disposition', 'ID', 'Description'].map((name): [string, Buffer] => [
      `Content-${name} twice in a part`,
      mixed('', '--b', `Content-${name}: x`, `content-${name}: x`, '', 'x', '--b--'),
    ]),
    ['a parameter twice', letter({ 'Content-Type': 'text/plain; a=1; A=2' }, '', 'x')],
    ['an extended parameter twice', letter({ 'Content-Disposition': "inline; a*=''1; a*=''2" }, '', 'x')],
    ['a section of a parameter twice', letter({ 'Content-Disposition': "inline; a*0=1; a*0*=''2" }, '', 'x')],
    [
      'a boundary in two spellings',
      letter({ 'Content-Type': 'multipart/mixed; boundary=b; boundary*=b' }, '', '--b--'),
    ],
    [
      'a boundary in two spellings, one in sections',
      letter({ 'Content-Type': 'multipart/mixed; boundary*0=b; boundary=b' }, '', '--b--'),
    ],
  ],
  'missing-header': ['From', 'Message-ID', 'Date'].map((name) => [
    `no ${name}`,
    letter({ [name]: undefined }, '', 'x'),
  ]),
  'bad-address': [
    ['no onion address in From', letter({ From: 'alice@example.com' }, '', 'x')],
    ['two addresses', letter({ From: `alice@${onion}, bob@${onion}` }, '', 'x')],
    ['a group', letter({ From: `friends: alice@${onion};` }, '', 'x')],
    ['an address in capitals', letter({ From: `Alice@${onion}` }, '', 'x')],
    ['an address in an encoded word', letter({ From: `=?utf-8?q?alice=40${onion}?=` }, '', 'x')],
    ['an address in a comment', letter({ From: `alice@${onion} (bob@${onion})` }, '', 'x')],
    ['an address in a comment alone', letter({ From: `(alice@${onion})` }, '', 'x')],
    ['an address in quotes', letter({ From: `"alice@${onion}"` }, '', 'x')],
    ['a quoted local part', letter({ From: `"alice"@${onion}` }, '', 'x')],
    ['blanks beside the @', letter({ From: `alice @${onion}` }, '', 'x')],
    ['two brackets', letter({ From: `<bob@${onion}> <alice@${onion}>` }, '', 'x')],
    ['a word behind the brackets', letter({ From: `<alice@${onion}> x` }, '', 'x')],
  ],
  'too-many-parts': [
    ['501 parts', mixed('', ...Array.from({ length: MAX_MIME_PARTS }, () => ['--b', '', 'x']).flat(), '--b--')],
  ],
  'nested-too-deep': [['21 multiparts in each other', deep(MAX_MIME_DEPTH + 1)]],
  malformed: [
    ['nothing at all', Buffer.alloc(0)],
    ['a line that is no field', letter({}, 'no field', '', 'x')],
    ['a space before the colon', letter({}, 'X : y', '', 'x')],
    ['a continuation of nothing', Buffer.concat([Buffer.from(' x\r\n'), letter({}, '', 'x')])],
    ['a Message-ID without brackets', letter({ 'Message-ID': 'no brackets' }, '', 'x')],
    ['a Message-ID with a space', letter({ 'Message-ID': '<a b@c>' }, '', 'x')],
    ['a Message-ID that is not ASCII', letter({ 'Message-ID': '<\xfc@c>' }, '', 'x')],
    ['a Message-ID of 401 characters', letter({ 'Message-ID': `<${'x'.repeat(399)}>` }, '', 'x')],
    ['two Message-IDs', letter({ 'Message-ID': '<a@b> <c@d>' }, '', 'x')],
    ['an empty Message-ID', letter({ 'Message-ID': '<>' }, '', 'x')],
    ['a Date that is none', letter({ Date: 'yesterday' }, '', 'x')],
    ['a Date before 1970', letter({ Date: 'Fri, 02 Jan 1969 03:04:05 +0000' }, '', 'x')],
    ['a Date after 9999', letter({ Date: 'Fri, 02 Jan 10000 03:04:05 +0000' }, '', 'x')],
    ['an hour that is none', letter({ Date: 'Fri, 02 Jan 2026 24:04:05 +0000' }, '', 'x')],
    ['a multipart without a boundary', letter({ 'Content-Type': 'multipart/mixed' }, '', 'x')],
    ['a boundary of 71 characters', letter({ 'Content-Type': `multipart/mixed; boundary=${'b'.repeat(71)}` }, '', 'x')],
    [
      'a boundary with a character that it may not have',
      letter({ 'Content-Type': 'multipart/mixed; boundary="b#"' }, '', '--b#--'),
    ],
    ['a boundary that ends in a space', letter({ 'Content-Type': 'multipart/mixed; boundary="b "' }, '', '--b --')],
    ...['base64', 'BASE64', '"base64"', 'quoted-printable', 'Quoted-Printable (x)'].map(
      (encoding): [string, Buffer] => [
        `a multipart that is encoded, as «${encoding}»`,
        letter({ 'Content-Type': 'multipart/mixed; boundary=b', 'Content-Transfer-Encoding': encoding }, '', '--b--'),
      ],
    ),
    ['a multipart that is never closed', mixed('', '--b', '', 'x')],
    [
      'one that is closed by another',
      mixed('', '--b', 'Content-Type: multipart/mixed; boundary=c', '', '--c', '', 'x', '--b--'),
    ],
    ['a delimiter after the end', mixed('', '--b', '', 'x', '--b--', '--b', '', 'y', '--b--')],
    ['a boundary used twice', mixed('', '--b', 'Content-Type: multipart/mixed; boundary=b', '', '--b--', '--b--')],
    [
      'a boundary that reads like the end of another',
      mixed('', '--b', 'Content-Type: multipart/mixed; boundary=b--', '', '--b----', '--b--'),
    ],
    [
      'a boundary of another multipart in a header',
      mixed('', '--b', 'Content-Type: multipart/mixed; boundary=c', '', '--c', 'X: y', '--b--'),
    ],
  ],
};

describe('what is refused', () => {
  it('is the list of PROTOCOL.md', () => {
    const [, chapter = ''] = /\n## 5\. ([^]*?)\n## 6\. /.exec(readFileSync('electron/core/PROTOCOL.md', 'utf8')) ?? [];
    const reasons = [...chapter.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, reason]) => reason);
    expect(new Set(reasons)).toEqual(new Set([...Object.keys(refused), 'not-sealed']));
  });

  it.each(
    Object.entries(refused).flatMap(([reason, cases]) => cases.map(([what, raw]) => [reason, what, raw] as const)),
  )('is %s: %s', async (reason, _what, raw) => {
    expect(await outcomeOf(raw)).toBe(reason);
  });
});

const date = (value: string): Promise<unknown> => mime.readHead(letter({ Date: value }, '', 'x'));
const at = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('old and odd forms', () => {
  it.each([
    ['Fri, 2 Jan 2026 03:04:05 +0000', at],
    ['2 Jan 2026 03:04:05 +0000', at],
    ['02 Jan 26 03:04:05 GMT', at],
    ['Fri, 02 Jan 126 03:04:05 UT', at],
    ['02 Jan 99 03:04:05 Z', Date.UTC(1999, 0, 2, 3, 4, 5)],
    ['fri, 02 JAN 2026 3:04:05 +0000', at],
    ['Fri, 02 Jan 2026 03:04 +0000', at - 5_000],
    ['Fri , 02 Jan 2026 03 : 04 : 05 +0000', at],
    ['Fri,02 Jan 2026 03:04:05 +0000 (UTC)', at],
    ['(a) Fri, (b) 02 (c (d)) Jan 2026 03:04:05 (e) +0000 (f)', at],
    ['Fri,\r\n  02 Jan 2026\r\n 03:04:05 +0000', at],
    ['Thu, 01 Jan 2026 22:04:05 EST', at],
    ['Thu, 01 Jan 2026 23:04:05 EDT', at],
    ['Thu, 01 Jan 2026 21:04:05 CST', at],
    ['Thu, 01 Jan 2026 20:04:05 MST', at],
    ['Thu, 01 Jan 2026 19:04:05 PST', at],
    ['Thu, 01 Jan 2026 20:04:05 pdt', at],
    ['Fri, 02 Jan 2026 03:04:05 A', at],
    ['Fri, 02 Jan 2026 03:04:05 CEST', at],
    ['Fri, 02 Jan 2026 03:04:05 -0000', at],
    ['Fri, 02 Jan 2026 08:34:05 +0530', at],
    ['Fri, 02 Jan 2026 08:34:05 +05:30', at],
    ['Fri, 02 Jan 2026 04:04:05 GMT+0100', at],
    ['Fri, 02 Jan 2026 03:04:05 "GMT"', at],
    ['Fri, 02 Jan 2026 3:4:5 +0000', at],
    ['Fri, 02 Jan 2026 03:04:05.250 +0000', at],
    ['Fri., 2 Jan. 2026 03:04:05 +0000', at],
    ['Friday, 02-Jan-26 03:04:05 GMT', at],
    ['Fri, 2 January 2026 03:04:05 +0000;', at],
    ['Fri, 02 Jan 2026 03:04:05', at],
    ['Wed, 02 Jan 2026 03:04:05 +0000', at],
    ['Sat, 31 Dec 2016 23:59:60 +0000', Date.UTC(2017, 0, 1)],
  ])('of Date are read: %s', async (value, time) => {
    expect(await date(value)).toMatchObject({ outcome: 'parsed', date: time });
  });

  it.each([
    '<20260102.abc>',
    `<${'x'.repeat(180)}>`,
    '<a@b>',
    '<a@[10.0.0.1]>',
    '<"a"@b>',
    '<a..b@c_d>',
    '<a@b@c>',
    '<a(b)c@d>',
    '<$%&/@?!>',
  ])('of Message-ID are taken, and kept as they are: %s', async (id) => {
    for (const value of [id, `(c) ${id} (d)`])
      expect(await mime.readHead(letter({ 'Message-ID': value }, '', 'x'))).toMatchObject({ messageId: id });
    expect(
      await mime.readHead(
        letter({ 'In-Reply-To': `Your message of today ${id}`, References: `<0@x>${id}, ${id}` }, '', 'x'),
      ),
    ).toMatchObject({ inReplyTo: id, references: ['<0@x>', id, id] });
  });

  it.each([
    `<alice@${onion}>`,
    `Alice <alice@${onion}>`,
    `"Smith, Alice" <alice@${onion}>`,
    `=?utf-8?q?Alice?= <alice@${onion}>`,
    `alice@${onion} (Alice)`,
    `(Alice) alice@${onion}`,
    `Alice (at home) <alice@${onion}> (x)`,
  ])('of From are taken: %s', async (value) => {
    expect(await mime.readHead(letter({ From: value }, '', 'x'))).toMatchObject({ from: `alice@${onion}` });
  });

  it('of To are read', async () => {
    const to = `"Smith, Bob" <bob@${onion}>, (x) carol@${onion} (C, D), <@relay:dave@${onion}>, all: eve@${onion}, ,;, undisclosed:;, "`;
    expect(await mime.readHead(letter({ To: to }, '', 'x'))).toMatchObject({
      to: ['bob', 'carol', 'dave', 'eve'].map((name) => `${name}@${onion}`),
    });
    const odd = `Bob@${onion.toUpperCase()}, <carol @ ${onion}>, "dave"@${onion}, <"eve"@${onion}>, "x@y"@${onion}, "z"`;
    expect(await mime.readHead(letter({ To: odd }, '', 'x'))).toMatchObject({
      to: ['bob', 'carol', 'dave', 'eve'].map((name) => `${name}@${onion}`),
    });
  });

  it.each([
    ['a letter without a body', letter({}), []],
    ['a letter without a last line end', letter({}, '', 'x').subarray(0, -2), []],
    ['a part without a body', mixed('', '--b', 'Content-Type: application/pdf', '--b--'), ['attachment.pdf']],
    [
      'a part of nothing',
      mixed('', '--b', '--b', '', '--b', 'Content-Type: application/pdf', '', '--b--'),
      ['attachment.pdf'],
    ],
    ['a multipart of nothing', mixed('', '--b--'), []],
    [
      'words before and after',
      mixed('', 'before', '--b', 'Content-Type: image/png', '', 'x', '--b--', 'after', '--c'),
      ['attachment.png'],
    ],
    [
      'blanks behind a delimiter',
      mixed('', '--b \t', 'Content-Type: image/png', '', 'x', '--b-- '),
      ['attachment.png'],
    ],
    [
      'a boundary in sections',
      letter(
        { 'Content-Type': 'multipart/mixed; boundary*1="c"; boundary*0="b"' },
        '',
        '--bc',
        'Content-Type: image/png',
        '',
        'x',
        '--bc--',
      ),
      ['attachment.png'],
    ],
    [
      'a boundary that ends in dashes',
      letter(
        { 'Content-Type': 'multipart/mixed; boundary=b--' },
        '',
        '--b--',
        'Content-Type: image/png',
        '',
        'x',
        '--b----',
      ),
      ['attachment.png'],
    ],
    [
      'comments around a type',
      letter({ 'Content-Type': '(a) image/png (b); (c) name="x.png" (d)' }, '', 'x'),
      ['x.png'],
    ],
    [
      'a comment around an encoding',
      letter({ 'Content-Type': 'multipart/mixed; boundary=b', 'Content-Transfer-Encoding': '7bit (x)' }, '', '--b--'),
      [],
    ],
    ...['8BIT', '"7bit"', '7-bit', '8 bits', 'Binary;', '(a)7bit(b)', 'none', '', 'utf-8', 'x-unknown'].map(
      (encoding): [string, Buffer, string[]] => [
        `a multipart whose encoding is «${encoding}»`,
        letter(
          { 'Content-Type': 'multipart/mixed; boundary=b', 'Content-Transfer-Encoding': encoding },
          '',
          '--b',
          'Content-Type: image/png',
          '',
          'x',
          '--b--',
        ),
        ['attachment.png'],
      ],
    ),
    ['a parenthesis that stays open', letter({ 'Content-Type': 'image/png; name="x.png" (d' }, '', 'x'), ['x.png']],
    ['20 multiparts in each other', deep(MAX_MIME_DEPTH), []],
    ['500 parts', mixed('', ...Array.from({ length: MAX_MIME_PARTS - 1 }, () => ['--b', '', 'x']).flat(), '--b--'), []],
    ['a folded line of blanks', letter({ Subject: 'a\r\n \r\n b' }, '', 'x'), []],
  ])('of structure are taken: %s', async (_what, raw, names) => {
    expect(await outcomeOf(raw)).toBe('parsed');
    expect(
      (await mime.readBodies({ content: raw, from: author, isKnown: true })).attachments.map(
        ({ filename }) => filename,
      ),
    ).toEqual(names);
  });

  it('of subjects are one line that turns nothing', async () => {
    const turning = ['\u202a', '\u202e', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c'].join('');
    const words = `=?utf-8?b?${Buffer.from(`Rech${turning}nung\r\nBcc: x`).toString('base64')}?=`;
    expect(await mime.readHead(letter({ Subject: words }, '', 'x'))).toMatchObject({ subject: 'Rechnung Bcc: x' });
    const hidden = `=?utf-8?b?${Buffer.from(`a\u200b\u00ad\u2800\u3164 \u{e0041}b می\u200cخواهم 👨\u200d👩`).toString('base64')}?=`;
    expect(await mime.readHead(letter({ Subject: hidden }, '', 'x'))).toMatchObject({
      subject: 'a b می\u200cخواهم 👨\u200d👩',
    });
  });

  it('what was refused has no bodies', async () => {
    await expect(mime.readBodies({ content: Buffer.from('x\n'), from: author, isKnown: true })).rejects.toMatchObject({
      code: 'internal',
    });
  });
});
