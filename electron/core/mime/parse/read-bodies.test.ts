import { describe, expect, it } from 'vitest';
import { createMime } from '../create-mime';
import type { InnerMessage } from '../../ports/mime';

const mime = createMime();

const onion = `${'a'.repeat(56)}.onion`;
const head = [
  `From: alice@${onion}`,
  `To: bob@${onion}`,
  `Message-ID: <1@${onion}>`,
  'Date: Fri, 02 Jan 2026 03:04:05 +0000',
  'MIME-Version: 1.0',
];

type Parsed = Extract<InnerMessage, { outcome: 'parsed' }>;

/** Lines of octets (latin1). */
async function read(...lines: readonly string[]): Promise<Parsed> {
  const parsed = await mime.parseInner(Buffer.from([...head, ...lines, ''].join('\r\n'), 'latin1'));
  if (parsed.outcome !== 'parsed') throw new Error(parsed.reason);
  return parsed;
}

/** A multipart: each part as its lines. */
const multi = (type: string, ...parts: readonly (readonly string[])[]): string[] => {
  const boundary = `b${String(parts.flat().join().length)}`;
  return [
    `Content-Type: multipart/${type}; boundary=${boundary}`,
    '',
    ...parts.flatMap((part) => [`--${boundary}`, ...part]),
    `--${boundary}--`,
  ];
};
const part = (type: string, body: string, ...fields: readonly string[]): string[] => [
  `Content-Type: ${type}`,
  ...fields,
  '',
  body,
];
const plain = (body: string, ...fields: readonly string[]): string[] => part('text/plain', body, ...fields);
const html = (body: string, ...fields: readonly string[]): string[] => part('text/html', body, ...fields);
const names = ({ attachments }: Parsed): string[] => attachments.map(({ filename }) => filename);

describe('alternatives', () => {
  it.each(['', ' ', '=20=0D=0A=20', '=C2=A0', '=E2=80=8B', '=E3=85=A4'])(
    'that are blank do not count: %j',
    async (blank) => {
      const empty = part('text/plain; charset=utf-8', blank, 'Content-Transfer-Encoding: quoted-printable');
      expect(await read(...multi('alternative', empty, html('<p>Zebra</p>')))).toMatchObject({
        text: 'Zebra',
        html: '<p>Zebra</p>',
      });
    },
  );

  it.each(['', '<p> </p>', '<style>p{}</style>', '<div style="display:none">X</div>', '&nbsp;&zwnj;'])(
    'in HTML that show nothing do not count: %j',
    async (blank) => {
      const parsed = await read(...multi('alternative', plain('Zebra'), html(blank)));
      expect(parsed.text).toBe('Zebra');
      expect(parsed.html).toBeUndefined();
    },
  );

  it('have the words of the plain one beside the page', async () => {
    expect(await read(...multi('alternative', plain('words'), html('<p>page')))).toMatchObject({
      text: 'words',
      html: '<p>page',
    });
  });

  it('with nothing but a picture are shown', async () => {
    const parsed = await read(...multi('alternative', plain(''), html('<img src=cid:x>')));
    expect(parsed).toMatchObject({ text: '', html: '<img src=cid:x>' });
  });

  it('are taken as their writer orders them', async () => {
    const parsed = await read(...multi('alternative', html('<p>one'), plain('two')));
    expect(parsed).toMatchObject({ text: 'two' });
    expect(parsed.html).toBeUndefined();
  });

  it('that are no letter stay files, and what nobody can read is no text', async () => {
    const parsed = await read(
      ...multi(
        'alternative',
        plain('come'),
        part('text/enriched', '<bold>come</bold>'),
        part('text/calendar; method=REQUEST', 'BEGIN:VCALENDAR'),
      ),
    );
    expect(parsed.text).toBe('come');
    expect(names(parsed)).toEqual(['attachment.ics']);
  });

  it('may hold more: a page with its pictures, a page with files', async () => {
    const related = multi('related', html('<p>page'), part('image/png', 'x', 'Content-ID: <p@x>'));
    const first = await read(...multi('alternative', plain('words'), related));
    expect(first).toMatchObject({ text: 'words', html: '<p>page' });
    expect(first.attachments).toMatchObject([{ filename: 'attachment.png', contentId: 'p@x', inline: true }]);
    const mixed = multi('mixed', html('<p>page'), part('application/pdf; name=a.pdf', 'x'), html('<p>end'));
    const second = await read(...multi('alternative', plain('words'), mixed));
    expect(second).toMatchObject({ text: 'words', html: '<p>page\n<p>end' });
    expect(names(second)).toEqual(['a.pdf']);
  });

  it('within related parts, and none at all', async () => {
    const parsed = await read(...multi('related', multi('alternative', plain('words'), html('<p>page'))));
    expect(parsed).toMatchObject({ text: 'words', html: '<p>page' });
    expect(await read(...multi('alternative'))).toMatchObject({ text: '', attachments: [] });
  });

  it('whose bodies have names in their types alone are bodies', async () => {
    const parsed = await read(
      ...multi('alternative', part('text/plain; name=body.txt', 'words'), part('text/html; name=body.html', '<p>page')),
    );
    expect(parsed).toMatchObject({ text: 'words', html: '<p>page', attachments: [] });
  });
});

describe('texts', () => {
  it('stand one below the other, at any depth', async () => {
    const inner = multi('mixed', plain('two'), multi('parallel', plain('three\r\n')), plain(' '));
    expect((await read(...multi('mixed', plain('one'), inner, plain('four')))).text).toBe('one\ntwo\nthree\nfour');
  });

  it('and pages are one page', async () => {
    expect(await read(...multi('mixed', plain('1 < 2\r\n& 3'), html('<p>page</p>'), plain('end')))).toMatchObject({
      text: '1 < 2\n& 3\npage\nend',
      html: '<div>1 &lt; 2<br>\n&amp; 3</div>\n<p>page</p>\n<div>end</div>',
    });
  });

  it('of signed letters, reports and digests are read', async () => {
    const signed = await read(
      ...multi('signed', plain('words'), part('application/pgp-signature', '-----BEGIN PGP SIGNATURE-----')),
    );
    expect(signed.text).toBe('words');
    expect(names(signed)).toEqual(['attachment.asc']);
    const report = await read(
      ...multi(
        'report',
        plain('failed'),
        part('message/delivery-status', 'Status: 5'),
        part('text/rfc822-headers', 'A: b'),
      ),
    );
    expect(report.text).toBe('failed');
    expect(names(report)).toEqual(['attachment.txt', 'attachment.txt']);
    const digest = await read(...multi('digest', ['', 'Subject: x', '', 'y'], plain('z')));
    expect(digest).toMatchObject({
      text: 'z',
      attachments: [{ filename: 'message.eml', contentType: 'message/rfc822' }],
    });
  });

  it.each([
    ['Content-Type: text', 'words'],
    ['Content-Type: TEXT', 'words'],
    ['Content-Type:', 'words'],
    ['Content-Type: text/plain; charset', 'words'],
    ['Content-Type: text/plain charset=utf-8', 'words'],
    ['Content-Type: text / plain', 'words'],
    ['Content-Type: text/plain;;; charset="utf-8', 'words'],
    ['Content-Type: (c) text/plain (d(e)) ; (f) charset=us-ascii (Plain text)', 'words'],
    ['Content-Type: text/x-unheard-of', 'words'],
    ['Content-Transfer-Encoding: 8-bit', 'words'],
    ['Content-Transfer-Encoding: (x) quoted-printable (y)', 'wo=72ds'],
    ['Content-Transfer-Encoding: BASE64', 'd29yZHM='],
    ['Content-Transfer-Encoding: base-64', 'd29yZHM='],
    ['Content-Transfer-Encoding: "base64";', 'd29yZHM='],
    ['Content-Transfer-Encoding: QuotedPrintable', 'wo=72ds'],
    ['Content-Transfer-Encoding: quoted/printable', 'wo=72ds'],
    ['Content-Transfer-Encoding: utf-8', 'words'],
    ['Content-Transfer-Encoding: iso-8859-1', 'words'],
    ['Content-Transfer-Encoding: unencoded', 'words'],
    ['Content-Transfer-Encoding: base64', 'd29y\r\n ZH!M='],
    ['X-Nothing: x', 'words'],
  ])('are words with %j', async (field, body) => {
    expect(await read(field, '', body)).toMatchObject({ text: 'words', attachments: [] });
  });

  it('in an encoding that nobody knows are a file', async () => {
    const parsed = await read('Content-Type: text/plain', 'Content-Transfer-Encoding: x-uuencode', '', 'begin 644 x');
    expect(parsed.attachments).toMatchObject([{ contentType: 'application/octet-stream' }]);
  });

  it('have the letters that were written, declared or not', async () => {
    const raw = await read('Subject: Gr\xfc\xdfe', 'Content-Type: text/plain', '', 'sch\xf6n \x84so\x93');
    expect(raw).toMatchObject({ subject: 'Grüße', text: 'schön „so“' });
    expect(await read('Subject: Gr\xc3\xbc\xc3\x9fe', '', 'sch\xc3\xb6n')).toMatchObject({
      subject: 'Grüße',
      text: 'schön',
    });
    const page = (fields: string): Promise<Parsed> =>
      read(`Content-Type: text/html${fields}`, '', '<meta charset="koi8-r"><p>\xf0');
    expect((await page('')).text).toBe('П');
    expect((await page('; charset=us-ascii')).text).toBe('П');
    for (const nothing of ['unknown-8bit', 'none', 'x-klingon', '""'])
      expect((await page(`; charset=${nothing}`)).text).toBe('П');
    expect((await page('; charset=iso-8859-1')).text).toBe('ð');
    const comment = await read('Content-Type: text/html', '', '<!-- <meta charset="koi8-r"> --><p>\xf0');
    expect(comment.text).toBe('ð');
    const marked = await read('Content-Type: text/html; charset=iso-8859-1', '', '\xef\xbb\xbf<p>\xc3\xb0');
    expect(marked.text).toBe('ð');
    expect(await read('Subject: \x1b$BF|K\\\x1b(B', '', '\x1b$BF|K\\\x1b(B')).toMatchObject({
      subject: '日本',
      text: '日本',
    });
    expect((await read('Content-Type: text/plain; charset=cp850', '', 'sch\x94n')).text).toBe('schön');
  });

  it('are the same in ten encodings', async () => {
    const text = 'Grüße aus Köln, 3 € „billig“ ';
    const utf8 = Buffer.from(text, 'utf8');
    const quoted = [...utf8].map((octet) => `=${octet.toString(16).padStart(2, '0').toUpperCase()}`).join('=\r\n');
    const western = 'Gr\xfc\xdfe aus K\xf6ln, 3 \x80 \x84billig\x93 ';
    const bodies: [string, string, string][] = [
      ['text/plain; charset=utf-8', '8bit', utf8.toString('latin1')],
      ['text/plain', '8bit', utf8.toString('latin1')],
      ['text/plain; charset=utf-8', 'base64', utf8.toString('base64')],
      ['text/plain; charset=utf-8', 'quoted-printable', quoted],
      ['text/plain; charset=windows-1252', 'binary', western],
      ['text/plain', '8bit', western],
      ['text/plain; charset=utf-16', 'base64', Buffer.from(`\ufeff${text}`, 'utf16le').toString('base64')],
      ['text/plain; charset=utf-16be', 'base64', Buffer.from(text, 'utf16le').swap16().toString('base64')],
      ['text/plain; charset=utf-7', '7bit', 'Gr+APwA3w-e aus K+APY-ln, 3 +IKw +IB4-billig+IBw '],
      ["text/plain; charset*=''utf%2D8", '8bit', utf8.toString('latin1')],
      ['text/html; charset=utf-8', '7bit', 'Gr&uuml;&szlig;e aus K&#246;ln, 3 &euro; &bdquo;billig&ldquo; '],
    ];
    for (const [type, encoding, body] of bodies)
      expect(
        (await read(`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, '', body)).text.trim(),
      ).toBe(text.trim());
  });

  it('that are flowed are joined', async () => {
    const flowed = (parameters: string): Promise<Parsed> =>
      read(`Content-Type: text/plain; ${parameters}`, '', '> one ', '> two', 'me ', 'too');
    expect((await flowed('format=flowed')).text).toBe('> one two\nme too');
    expect((await flowed('FORMAT=Flowed; DelSp=Yes')).text).toBe('> onetwo\nmetoo');
    expect((await flowed('format=fixed')).text).toBe('> one \n> two\nme \ntoo');
  });
});

describe('files', () => {
  it.each([
    ['text/plain; name=patch.txt', 'Content-Disposition: inline; filename=patch.txt'],
    ['text/plain', 'Content-Disposition: inline; filename=patch.txt'],
    ['text/plain; name=patch.txt', 'Content-Disposition: inline'],
    ['text/plain; name=patch.txt', 'X: y'],
    ['text/html', 'Content-Disposition: inline; filename=patch.txt'],
    ['text/x-patch', 'Content-Disposition: attachment; filename=patch.txt'],
    ['text/plain', 'Content-Disposition: attachment; filename="=?utf-8?q?patch=2Etxt?="'],
    ['text/plain', "Content-Disposition: attachment; filename*=utf-8''patch%2Etxt"],
    ['text/plain', "Content-Disposition: attachment; filename=no.txt; filename*=utf-8'en'patch%2Etxt"],
    ['text/plain; name=no.txt', 'Content-Disposition: attachment; filename*1="txt"; filename*0="patch."'],
    ['text/plain', "Content-Disposition: attachment; filename*1=.txt; filename*0*=utf-8''pa%74ch; filename=no.txt"],
    ['text/plain', 'Content-Disposition: attachment (c); (d) filename="patch.txt" (e)'],
    ['text/plain', 'Content-Disposition: something-new; filename="../patch.txt"'],
    ['text/plain', 'Content-Disposition: attachment; filename="patch.txt'],
    ['text/plain', 'Content-Disposition: filename="patch.txt"'],
    ['text/plain', 'Content-Disposition: inline; name=patch.txt'],
    ['text/plain', 'Content-Disposition: attachment; filename="C:\\dir\\patch.txt"'],
    ['text/plain', 'Content-Disposition: attachment; filename="patch.txt"; filename*=""'],
    ['text/plain; name=patch.txt', 'Content-Disposition: attachment; filename=" "'],
  ])('are texts with a name: %s, %s', async (type, field) => {
    const parsed = await read(...multi('mixed', plain('see file'), part(type, '+line', field)));
    expect(parsed).toMatchObject({ text: 'see file' });
    expect(parsed.attachments.map(({ filename, content }) => [filename, Buffer.from(content).toString()])).toEqual([
      ['patch.txt', '+line'],
    ]);
    expect(parsed.html).toBeUndefined();
  });

  it('have names of two charsets, cut within a character', async () => {
    const field = "Content-Disposition: attachment; filename*0*=iso-8859-1''gr%FC; filename*1*=%DF; filename*2=e.txt";
    expect(names(await read(...part('application/pdf', 'x', field)))).toEqual(['grüße.txt']);
    const cut = "Content-Disposition: attachment; filename*0*=utf-8''%E2%98; filename*1*=%83.txt";
    expect(names(await read(...part('application/pdf', 'x', cut)))).toEqual(['☃.txt']);
  });

  it.each([
    ['image/png', 'attachment.png'],
    ['image/jpeg', 'attachment.jpg'],
    ['application/pdf', 'attachment.pdf'],
    ['text/calendar; method=REQUEST', 'attachment.ics'],
    ['text/vcard', 'attachment.vcf'],
    ['text/csv', 'attachment.csv'],
    ['message/rfc822', 'message.eml'],
    ['audio/mpeg', 'attachment.mp3'],
    ['audio/mp3', 'attachment.mp3'],
    ['application/x-pdf', 'attachment.pdf'],
    ['application/vnd.rar', 'attachment.rar'],
    ['image/JPG; x=y', 'attachment.jpg'],
    ['application/octet-stream', 'attachment'],
    ['application/x-unheard-of', 'attachment'],
  ])('of %s without a name have an ending', async (type, name) => {
    expect(names(await read(...multi('mixed', plain('x'), part(type, 'y'))))).toEqual([name]);
    expect(
      names(await read(...multi('mixed', plain('x'), part(type, 'y', 'Content-Disposition: attachment; filename=""')))),
    ).toEqual([name]);
  });

  it('own their octets, so that they take no other part along', async () => {
    for (const encoding of ['7bit', 'base64', 'quoted-printable']) {
      const { attachments } = await read(
        ...part('application/pdf', 'YWJjZA==', `Content-Transfer-Encoding: ${encoding}`),
      );
      expect(attachments[0]?.content.buffer.byteLength).toBe(attachments[0]?.content.byteLength);
    }
  });

  it('of a page are those that are there for it', async () => {
    const related = multi(
      'related; start="<p@x>"; type="text/html"',
      html('aside', 'Content-ID: <a@x>'),
      html('<p>page', 'Content-ID: <p@x>'),
    );
    const parsed = await read(...related);
    expect(parsed.html).toBe('<p>page');
    expect(parsed.attachments).toMatchObject([{ filename: 'attachment.html', inline: true, contentId: 'a@x' }]);
  });
});

describe('parts that say they are keys', () => {
  const armor = (octets: string): string =>
    [
      '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      'Comment: x',
      '',
      ...(Buffer.from(octets, 'latin1')
        .toString('base64')
        .match(/.{1,64}/g) ?? []),
      '=abcd',
      '-----END PGP PUBLIC KEY BLOCK-----',
    ].join('\r\n');
  const ofOnion = armor(`\xc6\x33\x04<alice@${onion}>${'x'.repeat(100)}`);
  const ofOthers = armor(`\xc6\x33\x04Alice <alice@example.org>${'x'.repeat(100)}`);
  const key = (body: string, ...fields: string[]): string[] => part('application/pgp-keys', body, ...fields);
  const named = 'Content-Disposition: attachment; filename=key.asc';

  it.each<[string, string[]]>([
    ['armored', key(ofOnion)],
    ['with a name', key(ofOnion, named)],
    [
      'in base64',
      key(Buffer.from(ofOnion).toString('base64').replace(/.{76}/g, '$&\r\n'), 'Content-Transfer-Encoding: base64'),
    ],
    ['binary', key(Buffer.from(`\xc6<alice@${onion}>`).toString('base64'), 'Content-Transfer-Encoding: base64')],
  ])('of an onion are nothing for a person: %s', async (_what, lines) => {
    expect(names(await read(...multi('mixed', plain('Zebra'), lines)))).toEqual([]);
  });

  it.each<[string, string[], string]>([
    ['of an ordinary address', key(ofOthers, named), 'key.asc'],
    ['without a name', key(ofOthers), 'attachment.asc'],
    ['with a name in its type alone', ['Content-Type: application/pgp-keys; name=old.asc', '', ofOthers], 'old.asc'],
    ['too large for a key', key(`${ofOnion}\r\n${'x\r\n'.repeat(300_000)}`, named), 'key.asc'],
    ['no key at all', key('Please find my key on the web.', named), 'key.asc'],
    ['armor that is cut off', key(ofOnion.slice(0, 100), named), 'key.asc'],
    ['empty', key('', named), 'key.asc'],
  ])('and are of no use here are files: %s', async (_what, lines, name) => {
    expect(names(await read(...multi('mixed', plain('Zebra'), lines)))).toEqual([name]);
  });
});
