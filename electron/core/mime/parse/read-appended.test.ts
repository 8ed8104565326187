import { describe, expect, it } from 'vitest';
import { readAppended } from './read-appended';

const octets = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');
const onion = `${'a'.repeat(56)}.onion`;

describe('what another program appends', () => {
  it('is read as far as it can be, and kept as it is', () => {
    const letter = octets(
      `From: "Alice, mine" <ALICE@${onion}>`,
      'To: bob@example.com, undisclosed:;',
      'Subject: =?iso-8859-1?q?Gr=FC=DFe?=',
      'Date: Fri, 2 Jan 2026 03:04:05 +0000',
      'Message-ID: <1@example.com>',
      'References: <0@example.com>',
      'Content-Type: text/plain; charset=iso-8859-1',
      '',
      'Sch\u00f6n.',
    );
    const read = readAppended(letter);
    expect(read).toMatchObject({
      from: [`alice@${onion}`],
      to: ['bob@example.com'],
      subject: 'Grüße',
      date: Date.UTC(2026, 0, 2, 3, 4, 5),
      rfcMessageId: '<1@example.com>',
      references: ['<0@example.com>'],
      text: 'Schön.',
    });
    expect(Buffer.concat([read.served.head, read.served.literals])).toEqual(letter);
    expect(read.served.description.size).toBe(letter.length);
  });

  it.each([
    ['nothing', octets('')],
    ['no header', octets('no field', '', 'text')],
    ['bare line feeds', Buffer.from('From: a@b\nFrom: c@d\nnot a field\n\nOne\nTwo\n')],
    ['a multipart that never ends', octets('Content-Type: multipart/mixed; boundary=x', '', '--x', '', 'One')],
    ['octets of any kind', Buffer.from([0, 255, 13, 10, 13, 0, 10, 58, 195])],
  ])('is refused for nothing: %s', (_what, letter) => {
    const { served, text } = readAppended(letter);
    expect(Buffer.concat([served.head, served.literals])).toEqual(letter);
    expect(text).not.toContain('\0');
  });

  it('tells when it breaks the rules and its text is not the whole', () => {
    const broken = (characters: number): Buffer =>
      octets('Content-Type: multipart/mixed; boundary=x', '', `--x\r\n\r\n${'y\r\n'.repeat(characters / 3)}`);
    expect(readAppended(broken(900_000)).isCut).toBeUndefined();
    expect(readAppended(broken(1_200_000)).isCut).toBe(true);
  });

  it('may have a header that is longer than any is read', () => {
    const long = octets(
      ...Array.from({ length: 20_000 }, (_, at) => `X-${String(at)}: more`),
      'Subject: late',
      '',
      'T',
    );
    expect(readAppended(long)).toMatchObject({ subject: '', attachments: [] });
  });
});
