import { describe, expect, it } from 'vitest';
import { contentIdOf, linkTarget, linkTo, linkWarnings, namesAnotherHost } from './url-policy';

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
  });
});

describe('contentIdOf', () => {
  it('reads the Content-ID', () => {
    expect(contentIdOf('cid:part1@host')).toBe('part1@host');
    expect(contentIdOf('CID:%3Cpart1@host%3E')).toBe('part1@host');
  });

  it.each([
    'https://a.example/pixel.gif',
    '//a.example/p.gif',
    'data:image/svg+xml,<svg/>',
    'cid:',
    'cid:%E0%A4%A',
    'x.png',
    'blob:1',
    'http:cid:1',
  ])('refuses %j', (source) => {
    expect(contentIdOf(source)).toBeUndefined();
  });
});

describe('namesAnotherHost', () => {
  it('warns when the words name another host', () => {
    expect(namesAnotherHost('https://bank.example/login', 'https://evil.example/')).toBe(true);
    expect(namesAnotherHost('www.bank.example', 'https://bank.example.evil.example/')).toBe(true);
  });

  it('is content when they agree or name none', () => {
    expect(namesAnotherHost('bank.example', 'https://www.bank.example/x')).toBe(false);
    expect(namesAnotherHost('bank.example', 'https://login.bank.example/x')).toBe(false);
    expect(namesAnotherHost('click here', 'https://evil.example/')).toBe(false);
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
  ])('warns of %j for %j', (words, target) => {
    expect(namesAnotherHost(words, target)).toBe(true);
  });

  it.each([
    ['Bob.Smith+x@good.example', 'mailto:bob.smith@good.example'],
    ['bob+a@good.example.', 'mailto:bob%2Ba@good.example?subject=x'],
    ['https://good.example/index.html?file=b.txt', 'https://good.example/index.html?file=b.txt'],
    ['version 1.2 of 3.4', 'https://good.example/'],
    ['аpple.com', 'https://xn--pple-43d.com/'],
    ['', 'mailto:alice@good.example'],
  ])('is content with %j for %j', (words, target) => {
    expect(namesAnotherHost(words, target)).toBe(false);
  });

  it('is quick with words of any length', () => {
    for (const piece of ['a.', 'a', 'a@', '.', '-', '@', 'a.b/', "'", '!'])
      expect(typeof namesAnotherHost(piece.repeat(300_000), 'https://a.example/')).toBe('boolean');
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
    expect(linkTo(target)).toBe(to);
  });

  it('is the address as it will be used', () => {
    expect(linkTo('mailto:bob%2Bwork@a.example?subject=x')).toBe('bob+work@a.example');
    expect(linkWarnings('alice@a.example', 'mailto:bob@a.example')).toEqual(['other-address']);
  });

  it('is nothing of an ordinary one', () => {
    expect(linkWarnings('here', 'https://a.example/x?y=1')).toEqual([]);
  });

  it.each(['mailto:bob smith@a.example', 'mailto:bob%zz@a.example', 'mailto:bob', 'mailto://bob@a.example'])(
    'is nothing of what is no whole address: %j',
    (href) => {
      expect(linkTarget(href)).toBeUndefined();
    },
  );
});
