import { describe, expect, it } from 'vitest';
import { linkEnds } from './link-ends';
import { linkWarnings, namesAnother } from './link-warnings';

describe('namesAnother', () => {
  it('warns when the words name another host', () => {
    expect(namesAnother('https://bank.example/login', 'https://evil.example/')).toBe(true);
    expect(namesAnother('www.bank.example', 'https://bank.example.evil.example/')).toBe(true);
  });

  it('is content when they agree or name none', () => {
    expect(namesAnother('bank.example', 'https://www.bank.example/x')).toBe(false);
    expect(namesAnother('bank.example', 'https://login.bank.example/x')).toBe(false);
    expect(namesAnother('click here', 'https://evil.example/')).toBe(false);
  });

  it.each([
    ['alice@good.example', 'mailto:alice@evil.example'],
    ['Write to <alice@good.example>', 'mailto:bob@good.example'],
    ['good.example', 'mailto:alice@evil.example'],
    ['alice@good.example', 'https://evil.example/'],
    ['evil.example, or bank.example', 'https://evil.example/'],
    ['bank。example', 'https://evil.example/'],
    ['ba\u00adnk.exam\u200bple', 'https://evil.example/'],
    ['ｂａｎｋ．example', 'https://evil.example/'],
    ["'bank.example'", 'https://evil.example/'],
    [`https://${'b'.repeat(56)}.onion/`, `http://${'c'.repeat(56)}.onion/`],
    ['https://bank.example/a@evil.example', 'https://evil.example/'],
    ['bank.example', 'https://bank.example@evil.example/'],
    ['bank.example', 'https://bank.example.evil.example/'],
    ['аpple.com', 'https://apple.com/'],
    ...[
      '“https://bank.example/”',
      '»bank.example«',
      '„bank.example“',
      '→bank.example',
      '⇒https://bank.example/login',
      '▶bank.example',
      '•bank.example',
      '-bank.example',
      '*bank.example*',
      '_bank.example_',
      '[bank.example]',
      '(https://bank.example)',
      '//bank.example/login',
      '\\\\bank.example\\login',
      'https:bank.example',
      'https:/bank.example',
      'hxxps://bank.example',
      'ftp://bank.example/a',
      'url:bank.example',
      'Visit:https://bank.example',
      'bank.example.',
      'bank.example..',
      'bank.example...',
      'bank.example…',
      'bank.example./login',
      'bank.example,evil.example',
      'bank.example:8443',
      'bank.example/evil.example',
      'bank.example?evil.example',
      'www.bank.example',
      'BANK.EXAMPLE',
      'login/bank.example',
      "bank.example's",
      "bank.example'dan",
      'bank.example-ról',
      '见https://bank.example/',
      '请看bank.example的网站',
      'bank.example에서',
      'evil.example和bank.example',
      '打开bank。example',
      'ไปที่bank.example',
      'https://bank.example@evil.example/',
      'https://bank.example:443@evil.example/x',
      'https://intranet/',
      'http://192.168.1.1/',
      '192.168.1.1',
      'bank.zip',
      'alice.smith@bank.example',
      'ba\u034fnk.exam\u115fple',
      '银行.中国',
    ].map((words) => [words, 'https://evil.example/']),
    ['www.report.pdf', 'https://evil.example/'],
    ['https://a.pdf/', 'https://evil.example/'],
    ['bank.example', 'https://evil.example/bank.example'],
    ['“alice@good.example”', 'mailto:alice@evil.example'],
    ['→alice@good.example', 'mailto:alice@evil.example'],
    ['alice@good.example...', 'mailto:alice@evil.example'],
    ['写信给alice@good.example', 'mailto:alice@evil.example'],
    ['аlice@good.example', 'mailto:lice@good.example'],
    ["o'neil@good.example", 'mailto:neil@good.example'],
    ['alice@good.example', 'mailto:alice@good.example,eve@evil.example'],
    ['mailto:alice@good.example', 'mailto:eve@evil.example'],
    ['https://good.example/', 'mailto:alice@evil.example'],
  ])('warns of %j for %j', (words, target) => {
    expect(namesAnother(words, target)).toBe(true);
  });

  it.each([
    ['Bob.Smith+x@good.example', 'mailto:bob.smith@good.example'],
    ['bob+a@good.example.', 'mailto:bob%2Ba@good.example?subject=x'],
    ['https://good.example/index.html?file=b.txt', 'https://good.example/index.html?file=b.txt'],
    ['version 1.2 of 3.4', 'https://good.example/'],
    ['аpple.com', 'https://xn--pple-43d.com/'],
    ['', 'mailto:alice@good.example'],
    ['report.pdf', 'https://good.example/x'],
    ['Report 2024.docx (2 MB)', 'https://good.example/x'],
    ['Node.js, e.g. v1.2.3, i.e. U.S.A.', 'https://good.example/'],
    ['readme.md', 'https://good.example/tree/README.md'],
    ['photos.zip', 'https://good.example/get?file=photos.zip'],
    ['https://good.example/a,bank.example', 'https://good.example/a,bank.example'],
    ['https://good.example/Foo_(bank.example)', 'https://good.example/Foo_(bank.example)'],
    ['https://good.example/a;b.com?u=https://bank.example', 'https://good.example/a;b.com?u=https://bank.example'],
    ['https://good.example/a,bank.example', 'https://good.example/a,bank.example?utm=1'],
    ['good.example/to/bank.example', 'https://good.example/x'],
    ['alice.smith@good.example', 'https://good.example/'],
    ['x.com+y@good.example', 'https://good.example/'],
    ['见good.example的网站', 'https://good.example/'],
    ['good.example에서', 'https://good.example/'],
    ['good.example-ról', 'https://good.example/'],
    ['good.example', 'https://good.example./'],
    ['good.example.', 'https://www.good.example/'],
    ['点击这里。谢谢', 'https://good.example/'],
    ['请登录 good.example。谢谢', 'https://good.example/'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['例え.jp', 'https://xn--r8jz45g.jp/'],
    ['http://good.example', 'https://good.example/'],
    ['http://2130706433/', 'http://127.0.0.1/'],
    ['“bob@good.example”', 'mailto:bob@good.example'],
    ["'bob@good.example'", 'mailto:bob@good.example'],
    ['写信给bob@good.example', 'mailto:bob@good.example'],
    ['mailto:bob@good.example?cc=eve@evil.example', 'mailto:bob@good.example?cc=eve@evil.example'],
    ['bob@good.example, carol@good.example', 'mailto:bob@good.example,carol@good.example'],
    ['@good', 'https://good.example/@good'],
  ])('is content with %j for %j', (words, target) => {
    expect(namesAnother(words, target)).toBe(false);
  });

  it('is quick with words of any length', () => {
    const pieces = [
      'a.',
      'a',
      'a@',
      '.',
      '-',
      '@',
      'a.b/',
      "'",
      '!',
      '见a.b',
      '//',
      'a-',
      '//a@',
      'a.b ',
      '&a.b',
      '_.a.',
    ];
    for (const piece of pieces)
      for (const target of ['https://a.example/', `mailto:${'a@b.example,'.repeat(2_000)}c@d`])
        expect(typeof namesAnother(piece.repeat(300_000), target)).toBe('boolean');
  });
});

describe('what is said of a link', () => {
  it.each([
    ['https://bank.example@evil.example/', 'user-name', 'evil.example'],
    ['https://xn--pple-43d.com/', 'foreign-letters', 'xn--pple-43d.com'],
    ['http://192.168.1.1:8080/', 'number', '192.168.1.1:8080'],
    ['http://[::1]/', 'number', '[::1]'],
  ])('of %j: %s', (target, warning, to) => {
    expect(linkWarnings('here', target)).toEqual([warning]);
    expect(linkEnds(target)).toEqual([{ kind: 'site', names: [to] }]);
  });

  it('is the address as it will be used', () => {
    expect(linkEnds('mailto:bob%2Bwork@a.example?subject=x')).toEqual([{ kind: 'to', names: ['bob+work@a.example'] }]);
    expect(linkWarnings('alice@a.example', 'mailto:bob@a.example')).toEqual(['other-address']);
  });

  it.each(['here', 'bob@xn--pple-43d.com', 'bob@аpple.com'])('is that a mail host has foreign letters: %s', (words) => {
    expect(linkWarnings(words, 'mailto:bob@xn--pple-43d.com')).toEqual(['foreign-letters']);
  });

  it('is nothing of an ordinary one', () => {
    expect(linkWarnings('here', 'https://a.example/x?y=1')).toEqual([]);
  });

  it('is everybody whom a letter by it goes to', () => {
    const target = 'mailto:bob@a.example?CC=eve%40b.example,%E2%80%AEf@b.example&bcc=g@b.example&to=h@a.example';
    expect(linkEnds(target)).toEqual([
      { kind: 'to', names: ['bob@a.example', 'h@a.example'] },
      { kind: 'cc', names: ['eve@b.example', 'f@b.example'] },
      { kind: 'bcc', names: ['g@b.example'] },
    ]);
    expect(linkWarnings('Write to us', target)).toEqual(['copies']);
    expect(linkWarnings('bob@a.example', target)).toEqual(['other-address', 'copies']);
    expect(linkWarnings('bob@a.example', 'mailto:bob@a.example?cc=&bcc=')).toEqual([]);
    expect(linkWarnings('bob@a.example, eve@b.example', 'mailto:bob@a.example?cc=eve@b.example')).toEqual([]);
  });
});
