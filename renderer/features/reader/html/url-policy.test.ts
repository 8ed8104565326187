import { describe, expect, it } from 'vitest';
import { contentIdOf, linkTarget, namesAnotherHost } from './url-policy';

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
});
