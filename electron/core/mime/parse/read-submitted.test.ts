import { describe, expect, it } from 'vitest';
import type { SubmittedLetter } from '../../ports/mime';
import { readSubmitted } from './read-submitted';

const alice = `alice@${'a'.repeat(56)}.onion`;
const bob = `bob@${'b'.repeat(56)}.onion`;

const octets = (lines: readonly string[]): Uint8Array => Buffer.from(lines.join('\r\n'), 'latin1');

/** A letter by Alice whose header goes on with these lines. */
function read(...lines: string[]): SubmittedLetter {
  return readSubmitted(octets([`From: Alice <${alice}>`, `To: ${bob}`, ...lines]));
}

function parsed(...lines: string[]): Extract<SubmittedLetter, { outcome: 'parsed' }> {
  const letter = read(...lines);
  if (letter.outcome === 'refused') throw new Error(letter.reason);
  return letter;
}

const part = (type: string, ...body: string[]): string[] => [`Content-Type: ${type}`, '', ...body];

describe('the text of a letter', () => {
  it('is there without Date, Message-ID and MIME-Version', () => {
    expect(parsed('', 'Hello')).toEqual({
      outcome: 'parsed',
      from: alice,
      to: [bob],
      cc: [],
      bcc: [],
      subject: '',
      references: [],
      text: 'Hello',
      attachments: [],
    });
  });

  it('is joined again where it was wrapped (format=flowed)', () => {
    const { text } = parsed(...part('text/plain; format=flowed', 'one ', 'two', '-- ', 'Alice'));
    expect(text).toBe('one two\n-- \nAlice');
  });

  it.each([
    ['text/plain; charset=iso-8859-15', 'Gr\xfc\xdfe \xa4', 'Grüße €'],
    ['text/plain; charset=koi8-r', '\xf0\xd2\xc9\xd7\xc5\xd4', 'Привет'],
    ['text/plain; charset=utf-8', 'Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
  ])('is read as %s', (type, written, text) => {
    expect(parsed(...part(type, written)).text).toBe(text);
  });

  it('is made of a page that comes alone', () => {
    const letter = parsed(...part('text/html; charset=utf-8', '<h1>Hello</h1><p>Bob &amp; all</p>'));
    expect(letter.text).toMatch(/^Hello\s+Bob & all$/);
    expect(letter.html).toContain('<h1>');
  });
});

describe('an invitation', () => {
  it('keeps its calendar as a file', () => {
    const letter = parsed(
      ...part('multipart/alternative; boundary=x', '--x'),
      ...part('text/plain', 'Come!', '--x'),
      ...part('text/html', '<p>Come!</p>', '--x'),
      ...part('text/calendar; method=REQUEST; charset=utf-8', 'BEGIN:VCALENDAR', 'END:VCALENDAR', '--x--'),
    );
    expect(letter).toMatchObject({ text: 'Come!', html: expect.stringContaining('Come!') as string });
    expect(letter.attachments).toMatchObject([{ contentType: 'text/calendar' }]);
  });
});

describe('OpenPGP and S/MIME of the program itself', () => {
  const signed = (type: string): string[] => [
    ...part(`multipart/signed; boundary=s; protocol="${type}"; micalg=pgp-sha256`, '--s'),
    ...part('multipart/mixed; boundary=m', '--m'),
    ...part('text/plain', 'Signed words', '--m'),
    ...part('application/pgp-keys; name=OpenPGP_key.asc', '-----BEGIN PGP PUBLIC KEY BLOCK-----', '--m--', '--s'),
    ...part(`${type}; name=signature.asc`, '-----BEGIN PGP SIGNATURE-----', '--s--'),
  ];

  it.each(['application/pgp-signature', 'application/pkcs7-signature'])('loses its signature of %s', (type) => {
    const letter = parsed(...signed(type));
    expect(letter.text).toBe('Signed words');
    expect(letter.attachments.map(({ contentType }) => contentType)).toEqual(['application/pgp-keys']);
  });

  it.each([
    ['PGP/MIME', 'multipart/encrypted; boundary=e; protocol="application/pgp-encrypted"'],
    ['S/MIME', 'application/pkcs7-mime; smime-type=enveloped-data'],
  ])('is refused when %s has sealed it', (_name, type) => {
    const body = ['--e', ...part('application/pgp-encrypted', 'Version: 1', '--e--')];
    expect(read(...part(type, ...body))).toEqual({ outcome: 'refused', reason: 'sealed-by-program' });
  });
});

describe('the header of a letter', () => {
  it('is read for people, subject and what it answers', () => {
    const letter = parsed(
      `Cc: Team: <${bob.toUpperCase()}>, carol@example.com;`,
      `Bcc: ${alice}`,
      'Subject: =?utf-8?b?R3LDvMOfZQ==?=',
      'Message-ID: <one@laptop.local>',
      'In-Reply-To: <two@x>',
      'References: <one@x> <two@x>',
      '',
      'x',
    );
    expect(letter).toMatchObject({
      cc: [bob],
      bcc: [alice],
      subject: 'Grüße',
      messageId: '<one@laptop.local>',
      inReplyTo: '<two@x>',
      references: ['<one@x>', '<two@x>'],
    });
  });

  it('smuggles no field by an encoded word', () => {
    const words = Buffer.from('Hello\r\nBcc: eve@x\r\n\r\nbody').toString('base64');
    expect(parsed(`Subject: =?utf-8?b?${words}?=`, '', 'x').subject).toBe('Hello Bcc: eve@x body');
  });

  it.each([
    [`"alice@work" <${alice}>`, alice],
    [`=?utf-8?q?Al=C3=AFce?= <${alice}>`, alice],
    [alice.toUpperCase(), alice],
    [`Alice <${alice}>, Bob <${bob}>`, undefined],
    [`${bob} <${alice}>`, alice],
    ['Alice <alice@example.com>', undefined],
    ['', undefined],
  ])('is From: %s', (from, address) => {
    const letter = readSubmitted(octets([`From: ${from}`, '', 'x']));
    expect(letter).toMatchObject(
      address === undefined ? { outcome: 'refused', reason: 'bad-address' } : { from: address },
    );
  });

  it.each([
    ['no From', [], 'missing-header'],
    ['two of them', [`From: ${alice}`, `From: ${bob}`], 'duplicate-header'],
    ['a line of 10 MB', [`From: ${alice}`, `X: ${'x'.repeat(10_000_000)}`], 'line-too-long'],
    ['NUL', [`From: ${alice}`, 'X: \0'], 'nul'],
    ['a bare LF', [`From: ${alice}`, 'X: y\nBcc: eve@x'], 'line-endings'],
    ['a blank before the colon', [`From: ${alice}`, 'Bcc : x@y'], 'malformed'],
  ])('is refused with %s', (_what, fields, reason) => {
    expect(readSubmitted(octets([...fields, '', 'x']))).toEqual({ outcome: 'refused', reason });
  });
});

describe('what is for the person alone', () => {
  const mixed = (type: string, ...lines: string[]): string[] => [
    'MIME-Version: 1.0',
    `Content-Type: ${type}; boundary=b`,
    '',
    '--b',
    ...part('text/plain', 'Hello'),
    '--b',
    ...lines,
    '--b--',
  ];

  it('leaves no message that is forwarded', () => {
    const message = [
      ...['Authentication-Results: x.onion;', '\topenpgp=pass reason="the reader has verified the key"'],
      ...['From: a@b.c', 'bcc : hidden@b.c,', ' other@b.c', 'Subject: s', '', 'Bcc: is text here', ''],
    ];
    const { attachments, text } = parsed(...mixed('multipart/mixed', ...part('message/rfc822', ...message)));
    expect(text).toBe('Hello');
    expect(attachments.map(({ content }) => Buffer.from(content).toString())).toEqual([
      'From: a@b.c\r\nSubject: s\r\n\r\nBcc: is text here\r\n',
    ]);
  });

  it('changes no octet of a message that has none', () => {
    const message = ['From: a@b.c', 'Subject: s', '', 'text'];
    const { attachments } = parsed(...mixed('multipart/mixed', ...part('message/rfc822', ...message)));
    expect(Buffer.from(attachments[0]?.content ?? []).toString()).toBe(message.join('\r\n'));
  });

  it('is what a receipt says to programs', () => {
    const report = part('message/disposition-notification', 'Reporting-UA: laptop; Thunderbird', '');
    const type = 'multipart/report; report-type=disposition-notification';
    expect(parsed(...mixed(type, ...report))).toMatchObject({ text: 'Hello', attachments: [] });
  });
});
