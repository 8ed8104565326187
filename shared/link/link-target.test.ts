import { describe, expect, it } from 'vitest';
import { linkTarget } from './link-target';

describe('linkTarget', () => {
  it.each(['https://a.example/x', 'http://a.example/', 'mailto:bob@a.example'])('keeps %s', (url) => {
    expect(linkTarget(url)).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\u200bscript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    'app://posthorn/index.html',
    'ftp://a.example',
    'tel:123',
    '//a.example/x',
    '/x',
    '#x',
    '',
    'about:blank',
    'view-source:https://a.example',
  ])('drops %j', (url) => {
    expect(linkTarget(url)).toBeUndefined();
  });

  it('shows a disguised host as what it is', () => {
    expect(linkTarget('https://аpple.example/')).toBe('https://xn--pple-43d.example/');
    expect(linkTarget('https://bank.example@evil.example/')).toContain('@evil.example');
    expect(linkTarget('https://ba\u00adnk\u200b.example/')).toBe('https://bank.example/');
    expect(linkTarget('mailto:bob@аpple.example')).toBe('mailto:bob@xn--pple-43d.example');
    expect(linkTarget('mailto:bob%40аpple.example?cc=eve@аpple.example')).toBe(
      'mailto:bob%40xn--pple-43d.example?cc=eve@xn--pple-43d.example',
    );
    expect(linkTarget('https:\\\\bank。example\\a')).toBe('https://bank.example/a');
  });

  it.each([
    ['a blank', 'https://a.example/a b', 'https://a.example/a%20b'],
    ['no-break and wide blanks', 'https://a.example/a\u00a0b\u3000c', 'https://a.example/a%C2%A0b%E3%80%80c'],
    [
      'a joiner',
      'https://fa.example/می\u200cخواهم',
      'https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85',
    ],
    ['an emoji of several', 'https://a.example/👨\u200d👩', 'https://a.example/%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9'],
    ['a soft hyphen', 'https://a.example/a\u00adb?c\u00ad#d\u00ad', 'https://a.example/a%C2%ADb?c%C2%AD#d%C2%AD'],
    ['a turn', 'https://a.example/\u202egnp.exe', 'https://a.example/%E2%80%AEgnp.exe'],
    ['what is encoded', 'https://a.example/a%20b%2Fc%e2%80%8c+d', 'https://a.example/a%20b%2Fc%e2%80%8c+d'],
    ['capitals', 'HTTPS://A.EXAMPLE/Path?Q=%7e', 'https://a.example/Path?Q=%7e'],
    ['line ends, which browsers drop', 'https://a.example/a\r\n  b', 'https://a.example/a%20%20b'],
    ['blanks around', '\n \u00a0https://a.example/a \n', 'https://a.example/a'],
    ['a subject', 'mailto:bob@a.example?subject=a b\u200cc', 'mailto:bob@a.example?subject=a%20b%E2%80%8Cc'],
  ])('leaves path and query what they are: %s', (_, href, target) => {
    expect(linkTarget(href)).toBe(target);
    expect(linkTarget(target)).toBe(target);
  });

  it.each([
    ['mailto:bob\u200b@a.example', 'mailto:bob@a.example'],
    ['mailto:bo\u00adb@a.example ', 'mailto:bob@a.example'],
    ['mailto:?cc=bob@a.example', 'mailto:?cc=bob@a.example'],
    ['mailto:bob\u202e@a.example', undefined],
    ['mailto:bob%E2%80%AE@a.example', undefined],
    ['mailto:bob%0A@a.example', undefined],
    ['mailto:bob\u00a0smith@a.example', undefined],
    ['mailto:bob smith@a.example', undefined],
    ['mailto:bob%zz@a.example', undefined],
    ['mailto:bob', undefined],
    ['mailto://bob@a.example', undefined],
  ])('takes whole addresses only: %j', (href, target) => {
    expect(linkTarget(href)).toBe(target);
  });
});
