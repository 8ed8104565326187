import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { entityAt } from '../served-entity';
import { describeMessage } from './describe-message';

const octets = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

/** A text of so many octets in so many lines. */
const textOf = (size: number, lines: number): string => {
  const line = `${'x'.repeat(Math.floor(size / lines) - 2)}\r\n`;
  return 'y'.repeat(size - line.length * lines) + line.repeat(lines);
};

describe('what other programs are told of a message', () => {
  it('is the ENVELOPE and BODY of the example of RFC 9051 8', () => {
    const told = describeMessage(
      octets(
        'Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)',
        'From: Terry Gray <gray@cac.washington.edu>',
        'Subject: IMAP4rev2 WG mtg summary and minutes',
        'To: imap@cac.washington.edu',
        'cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>',
        'Message-Id: <B27397-0100000@cac.washington.edu>',
        'MIME-Version: 1.0',
        'Content-Type: TEXT/PLAIN; CHARSET=US-ASCII',
        '',
        textOf(3028, 92),
      ),
    );
    expect(told.envelope).toBe(
      '("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes" ' +
        '(("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) ' +
        '(("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) ' +
        '((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL ' +
        '"<B27397-0100000@cac.washington.edu>")',
    );
    expect(told.body).toBe('("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92)');
    expect(told.bodyStructure).toBe('("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92 NIL NIL NIL NIL)');
  });

  it('is the multipart of the example of RFC 9051 7.5.2', () => {
    const told = describeMessage(
      octets(
        'Content-Type: multipart/MIXED; boundary="b"',
        '',
        'preamble',
        '--b',
        'Content-Type: TEXT/PLAIN; CHARSET="US-ASCII"',
        '',
        textOf(1152, 23),
        '--b',
        'Content-Type: TEXT/PLAIN; CHARSET="US-ASCII"; NAME="cc.diff"',
        'Content-Id: <960723163407.20117h@cac.washington.edu>',
        'Content-Description: Compiler diff',
        'Content-Transfer-Encoding: BASE64',
        'Content-Disposition: attachment; filename="cc.diff"',
        '',
        textOf(4554, 73),
        '--b--',
        'epilogue',
      ),
    );
    expect(told.body).toBe(
      '(("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 1152 23)' +
        '("TEXT" "PLAIN" ("CHARSET" "US-ASCII" "NAME" "cc.diff") "<960723163407.20117h@cac.washington.edu>" ' +
        '"Compiler diff" "BASE64" 4554 73) "MIXED")',
    );
    expect(told.bodyStructure).toContain('NIL ("attachment" ("filename" "cc.diff")) NIL NIL)');
    expect(told.bodyStructure).toMatch(/"MIXED" \("boundary" "b"\) NIL NIL NIL\)$/);
  });

  it('knows messages within messages, and where every part lies', () => {
    const all = octets(
      'Content-Type: multipart/digest; boundary=b',
      '',
      '--b',
      '',
      'Subject: within',
      'Content-Type: multipart/mixed; boundary=c',
      '',
      '--c',
      '',
      'one',
      '--c--',
      '--b',
      'Content-Type: message/global',
      '',
      'Subject: second',
      '',
      'text',
      'of it',
      '--b--',
    );
    const told = describeMessage(all);
    expect(told.body).toBe(
      '(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 79 (NIL "within" NIL NIL NIL NIL NIL NIL NIL NIL) ' +
        '(("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3 0) "mixed") 6)' +
        '("message" "global" NIL NIL NIL "7BIT" 30 (NIL "second" NIL NIL NIL NIL NIL NIL NIL NIL) ' +
        '("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 11 1) 3) "digest")',
    );
    const read = (...numbers: number[]): string => {
      const { from, to } = entityAt(told.entity, numbers)?.entity.body ?? { from: 0, to: 0 };
      return all.toString('latin1', from, to);
    };
    expect(read(1, 1)).toBe('one');
    expect(read(2, 1)).toBe('text\r\nof it');
  });

  it.each([
    ['a@b', '((NIL NIL "a" "b"))'],
    ['"Doe, \\"J\\" X" <j@x.y>', String.raw`(("Doe, \"J\" X" NIL "j" "x.y"))`],
    ['=?utf-8?q?J=C3=B6?= Doe <j@x.y>', '(("=?utf-8?q?J=C3=B6?= Doe" NIL "j" "x.y"))'],
    ['j@x.y (John Doe)', '(("John Doe" NIL "j" "x.y"))'],
    ['g: a@b, c@d;, e@f', '((NIL NIL "g" NIL)(NIL NIL "a" "b")(NIL NIL "c" "d")(NIL NIL NIL NIL)(NIL NIL "e" "f"))'],
    ['undisclosed-recipients:;', '((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))'],
    ['<@r1,@r2:a@b>', '((NIL "@r1,@r2" "a" "b"))'],
    ['root', '((NIL NIL "root" ""))'],
    ['a@[127.0.0.1]', '((NIL NIL "a" "[127.0.0.1]"))'],
    [', ;', 'NIL'],
    ['J\xf6 <j@x.y>', '(({2}\r\nJ\xf6 NIL "j" "x.y"))'],
  ])('writes addresses as RFC 9051 has them: %s', (field, written) => {
    const { envelope } = describeMessage(octets(`To: ${field}`, '', ''));
    expect(envelope).toBe(`(NIL NIL NIL NIL NIL ${written} NIL NIL NIL NIL)`);
  });

  it('tells an empty field from none, unfolds, and lets nothing out of its string', () => {
    const { envelope } = describeMessage(
      octets('Subject: one\r\n two \\ "three" \0', 'Date:', 'Message-ID: x\rA1 OK', 'Subject: second', '', ''),
    );
    expect(envelope).toBe(String.raw`("" "one two \\ \"three\"" NIL NIL NIL NIL NIL NIL NIL "x A1 OK")`);
  });

  it.each<[string, Buffer]>([
    ['nothing', octets('')],
    ['no header', octets('', 'text')],
    ['no empty line', octets('Subject: x')],
    ['a boundary that never comes', octets('Content-Type: multipart/mixed; boundary=b', '', 'text')],
    ['no boundary', octets('Content-Type: multipart/mixed', '', '--', 'text', '----')],
    ['a part that is its header', octets('Content-Type: multipart/mixed; boundary=b', '', '--b', 'A: b', '--b--')],
    ['an open part', octets('Content-Type: multipart/mixed; boundary=b', '', '--b', 'A: b', '', 'text')],
    ['lines without CR', Buffer.from('Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b--\n')],
    ['a type that is none', octets('Content-Type: ;;;=""(', '', 'text')],
    ['8 bits, a quote and a bracket that stay open', octets('From: "\xff (', 'To: [<', 'Cc: (((', '', '\0')],
    [
      'the same boundary twice',
      octets(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'x',
        '--b--',
      ),
    ],
    ['messages in messages', Buffer.from('Content-Type: message/rfc822\r\n\r\n'.repeat(500))],
    ['multiparts in multiparts', Buffer.from('Content-Type: multipart/x; boundary=b\r\n\r\n--b\r\n'.repeat(500))],
    [
      'too many parts',
      Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(5_000)}`),
    ],
  ])('is in the right form for %s', (_name, message) => {
    const told = describeMessage(message);
    for (const text of [told.envelope, told.bodyStructure, told.body]) expect(restOfValue(text)).toBe('');
    expect(told.size).toBe(message.length);
    expect(told.entity.body.to).toBe(message.length);
  });

  it.each<[string, (amount: number) => Buffer]>([
    ['delimiters', (n) => Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(50_000 * n)}`)],
    ['dashes', (n) => Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n${'--\n'.repeat(100_000 * n)}`)],
    ['line ends', (n) => Buffer.alloc(1_000_000 * n, '\n')],
    ['open brackets', (n) => Buffer.from('To: (((<"<[,:;\n'.repeat(30_000 * n))],
  ])('costs what its octets cost: %s', async (_name, make) => {
    const messages = { 1: make(1), 4: make(4) };
    expect(await growth((amount) => describeMessage(messages[amount]))).toBeLessThan(LINEAR);
  });
});

/** What is left of a text behind one value of RFC 9051's grammar: a list, a string, a number or NIL. */
function restOfValue(text: string): string {
  let depth = 0;
  let rest = text;
  do {
    const [token] = /^(?:\(|\) ?|NIL ?|\d+ ?|"(?:[^"\\\r\n\0]|\\["\\])*" ?|\{(\d+)\}\r\n)/.exec(rest) ?? [''];
    if (token === '') return rest;
    const literal = /^\{(\d+)\}/.exec(token)?.[1];
    rest = rest.slice(token.length + Number(literal ?? 0)).replace(/^ /, '');
    if (token.startsWith('(')) depth += 1;
    if (token.startsWith(')')) depth -= 1;
  } while (depth > 0);
  return rest;
}
