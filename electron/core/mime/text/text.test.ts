import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './charset';
import { decodeWords } from './encoded-words';
import { unflow } from './flowed-text';
import { htmlCharset } from './html-charset';
import { isBlank } from './is-blank';
import { readQuotedPrintable } from './quoted-printable';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const unquoted = (text: string): string => Buffer.from(readQuotedPrintable(latin1(text))).toString('latin1');

describe('a charset', () => {
  it.each([
    ['utf-8', 'sch\xc3\xb6n', 'schön'],
    ['UTF8', '\xef\xbb\xbfsch\xc3\xb6n', 'schön'],
    ['iso-8859-1', 'sch\xf6n', 'schön'],
    ['"weird"', 'sch\xf6n', 'schön'],
    ['windows-1252', '\x84so\x93 \x80', '„so“ €'],
    ['iso-8859-15', '\xa4', '€'],
    ['koi8-r', '\xf0\xd2\xc9\xd7\xc5\xd4', 'Привет'],
    ['windows-1251', '\xcf\xf0\xe8\xe2\xe5\xf2', 'Привет'],
    ['gb2312', '\xc4\xe3\xba\xc3', '你好'],
    ['big5', '\xa7A\xa6n', '你好'],
    ['shift_jis', '\x93\xfa\x96{', '日本'],
    ['iso-2022-jp', '\x1b$BF|K\\\x1b(B', '日本'],
    ['ks_c_5601-1987', '\xc7\xd1', '한'],
    ['utf-7', 'Hi +AOk- +-', 'Hi é +'],
    ['unicode-1-1-utf-7', '+ZeVnLIqe-', '日本語'],
    ['cp850', 'sch\x94n', 'schön'],
    ['ibm850', 'sch\x94n', 'schön'],
    ['cp437', 'sch\x94n', 'schön'],
    ['iso-8859-16', '\xa4', '€'],
    ['utf-16', '\xfe\xff\0h\0i', 'hi'],
    ['iso-8859-1', '\xef\xbb\xbfsch\xc3\xb6n', 'schön'],
    ['koi8-r', '\xef\xbb\xbfsch\xc3\xb6n', 'schön'],
    ['utf-16', '\xff\xfeh\0i\0', 'hi'],
    ['utf-16', '\0h\0i', 'hi'],
    ['utf-16', 'h\0i\0', 'hi'],
    ['utf-16le', 'h\0i\0', 'hi'],
    ['utf-32be', '\0\0\0h', 'h'],
    [undefined, 'sch\xf6n', 'schön'],
    [undefined, 'sch\xc3\xb6n', 'schön'],
    ['us-ascii', 'sch\xf6n', 'schön'],
    ['us-ascii', 'sch\xc3\xb6n', 'schön'],
    ['x-unknown', 'sch\xf6n', 'schön'],
    ['x-klingon', 'nuqneH', 'nuqneH'],
    ["'iso-8859-2'", '\xb3', 'ł'],
    ['"iso-8859-2";', '\xb3', 'ł'],
    ['iso_8859-2:1987', '\xb3', 'ł'],
    ['iso8859_2', '\xb3', 'ł'],
    ['latin-2', '\xb3', 'ł'],
    ['latin9', '\xa4', '€'],
    ['win-1251', '\xcf\xf0', 'Пр'],
    ['windows1251', '\xcf\xf0', 'Пр'],
    ['windows_1251', '\xcf\xf0', 'Пр'],
    ['ms949', '\xc7\xd1', '한'],
    ['koi8r', '\xf0', 'П'],
    ['eucjp', '\xc6\xfc', '日'],
    ['euc_kr', '\xc7\xd1', '한'],
    ['uhc', '\xc7\xd1', '한'],
    ['EUC-CN', '\xc4\xe3', '你'],
    ['gb_18030', '\xc4\xe3', '你'],
    ['big5-eten', '\xa7A', '你'],
    ['Shift_JIS-2004', '\x93\xfa', '日'],
    ['iso-2022-jp-2', '\x1b$BF|K\\\x1b(B', '日本'],
    ['iso-2022-jp-ms', '\x1b$BF|K\\\x1b(B', '日本'],
    ['cp50221', '\x1b$BF|K\\\x1b(B', '日本'],
    ['x-mac-ce', '\x8a', 'ä'],
    [undefined, 'x \x1b$BF|K\\\x1b(B', 'x 日本'],
    ['us-ascii', '\x1b$@F|K\\\x1b(J', '日本'],
    ['us-ascii', '\x1b[1mbold\x1b[0m', '\x1b[1mbold\x1b[0m'],
    ['iso-2022-kr', 'sch\xf6n', 'schön'],
    ['iso-2022-kr', '\x1b$)C\x0eGQ19\x0f ok\r\n\x0eGQ\r\nok', '한국 ok\r\n한\r\nok'],
    ['hz-gb-2312', '~{Dc:C~} ~~1', '你好 ~1'],
    ['hz', 'a~\r\nb ~{Dc', 'ab 你'],
    ['__proto__', 'x', 'x'],
    ['base64', 'x', 'x'],
    ['_sbcs', 'x', 'x'],
    ['', '', ''],
  ])('%s is read', (charset, octets, text) => {
    expect(decodeText(latin1(octets), charset)).toBe(text);
  });

  it('is quick with a name and with shifts of any length', () => {
    for (const piece of ['"', ' ', 'x', ';', 'iso-8859-'])
      expect(decodeText(latin1('x'), piece.repeat(300_000))).toBe('x');
    for (const piece of ['\x0e', '\x0eG', '~{', '~', '~{~', '\x1b$)C', '\x1b$B'])
      for (const label of ['iso-2022-kr', 'hz', undefined])
        expect(typeof decodeText(latin1(piece.repeat(300_000)), label)).toBe('string');
  });

  it('never fails', () => {
    const labels = fc.oneof(
      fc.constantFrom('utf-7', 'cp932', 'utf-32', 'big5', 'mac', 'cp1', 'ibm-99999', 'hz', 'iso-2022-kr', 'latin99'),
      fc.string(),
    );
    fc.assert(
      fc.property(labels, fc.uint8Array({ maxLength: 50 }), (label, octets) => {
        expect(typeof decodeText(octets, label)).toBe('string');
      }),
    );
  });

  it.each([
    ['<meta charset="iso-8859-2">', 'iso-8859-2'],
    ['<META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=koi8-r">', 'koi8-r'],
    ['<?xml version="1.0" encoding="windows-1250"?>', 'windows-1250'],
    ['<meta charset=utf-8>', undefined],
    ['<meta charset=utf-16>', undefined],
    ['<p>charset=koi8-r', undefined],
    [`${' '.repeat(5_000)}<meta charset=koi8-r>`, undefined],
  ])('of a page is declared in it: %j', (html, charset) => {
    expect(htmlCharset(latin1(html))).toBe(charset);
  });
});

describe('quoted-printable', () => {
  it.each([
    ['J=FCrgen', 'J\xfcrgen'],
    ['=c3=B6', '\xc3\xb6'],
    ['a=\r\nb', 'ab'],
    ['a = \t\r\nb', 'a b'],
    ['a=', 'a'],
    ['a  \r\nb\t\r\n', 'a\r\nb\r\n'],
    ['a=20\r\nb=09 ', 'a \r\nb\t'],
    ['a=XY=4', 'a=XY=4'],
    ['a==41', 'a=A'],
    ['', ''],
  ])('%j is %j', (quoted, octets) => {
    expect(unquoted(quoted)).toBe(octets);
  });
});

describe('encoded words', () => {
  it.each([
    ['=?UTF-8?B?YWLi?= =?UTF-8?B?mINj?=', 'ab☃c'],
    ['=?UTF-8?Q?ab=E2?=\t=?utf-8?B?mINj?=', 'ab☃c'],
    ['=?utf-8?q?a?= =?iso-8859-1?q?=FC?=', 'aü'],
    ['=?utf-8?q?a?= b =?utf-8?q?c?=', 'a b c'],
    ['=?utf-8?q?a_b=20c?=', 'a b c'],
    ['=?utf-8*de?q?a?=', 'a'],
    ['=?utf-8?q?Really??=', 'Really?'],
    ['=?utf-8?Q?Hello World?=', 'Hello World'],
    ['x=?utf-8?q?y?=z', 'xyz'],
    ['=?utf-8?q?a?==?utf-8?q?b?=', 'ab'],
    ['=?x-klingon?q?a=FC?=', 'aü'],
    ['=?utf-7?q?+AOk-?=', 'é'],
    ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['=?iso-2022-jp?B?GyRCMnE1RCROJCpDTiRpGyhC?=\r\n =?iso-2022-jp?B?GyRCJDsbKEI=?=', '会議のお知らせ'],
    ['=?iso-2022-jp?B?GyRCRnwbKEI=?= =?iso-2022-jp?Q?=1B(J=1B$BK=5C=1B(B?=', '日本'],
    ['=?utf-8?q??= x', ' x'],
    ['=?utf-8?x?a?= =?utf-8?q?a', '=?utf-8?x?a?= =?utf-8?q?a'],
    ['=?=?=?', '=?=?=?'],
    ['plain', 'plain'],
  ])('%j is %j', (value, text) => {
    expect(decodeWords(value)).toBe(text);
  });
});

describe('flowed text', () => {
  it.each([
    ['one \ntwo\nthree', false, 'one two\nthree'],
    ['one \ntwo', true, 'onetwo'],
    ['> first quoted \n> line goes on\nmine', false, '> first quoted line goes on\nmine'],
    ['>> deeper \n> shallower', false, '>> deeper\n> shallower'],
    ['> one \nmine', false, '> one\nmine'],
    ['>one \n>two', false, '> one two'],
    ['> -- \n> Bob', false, '> -- \n> Bob'],
    ['Bye \n-- \nBob', false, 'Bye\n-- \nBob'],
    [' From here', false, 'From here'],
    ['  two', false, ' two'],
    [' > no quotation', false, '> no quotation'],
    ['>\n>', false, '>\n>'],
    ['a\n\nb', false, 'a\n\nb'],
    ['ends \n', false, 'ends'],
    ['', false, ''],
  ])('%j', (text, isSpaceDeleted, shown) => {
    expect(unflow(text, isSpaceDeleted)).toBe(shown);
  });
});

it('a text is blank when nobody would see anything of it', () => {
  for (const text of ['', ' \n', '\u00a0\u200b', '\u00ad', '\u2800', '\u3164', '\u200d\ufe0f', '\u202e', '\0'])
    expect(isBlank(text)).toBe(true);
  for (const text of ['a', ' . ', '我', '🎺', '0']) expect(isBlank(text)).toBe(false);
});
