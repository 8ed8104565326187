import { describe, expect, it } from 'vitest';
import { splitLinks } from './split-links';

const links = (text: string) => splitLinks(text).flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []));

describe('splitLinks', () => {
  it('finds web and mail links', () => {
    expect(links('See https://a.example/x?y=1#z or mailto:bob@b.example now')).toEqual([
      'https://a.example/x?y=1#z',
      'mailto:bob@b.example',
    ]);
  });

  it('leaves the punctuation of the sentence out', () => {
    expect(links('Look (https://a.example/b). Or https://a.example/c, or https://a.example/d!')).toEqual([
      'https://a.example/b',
      'https://a.example/c',
      'https://a.example/d',
    ]);
  });

  it('keeps brackets that the link opened', () => {
    expect(links('https://a.example/Tor_(network)')).toEqual(['https://a.example/Tor_(network)']);
  });

  it('does not take script or data for links', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([]);
  });

  it.each([
    ['见 https://example.com/a。明天见', 'https://example.com/a'],
    ['请看https://example.com/a。', 'https://example.com/a'],
    ['リンクhttps://example.com/b', 'https://example.com/b'],
    ['（https://example.com/a）', 'https://example.com/a'],
    ['「https://example.com/a」', 'https://example.com/a'],
    ['«https://example.com/a»', 'https://example.com/a'],
    ['“https://example.com/a”, he said', 'https://example.com/a'],
    ['https://example.com/a…', 'https://example.com/a'],
    ['https://example.com/a، ثم', 'https://example.com/a'],
    ['https://example.com/a।', 'https://example.com/a'],
    ['https://example.com/a（官网）', 'https://example.com/a'],
    ['https://example.com/a—it is', 'https://example.com/a'],
    ["'https://example.com/a'", 'https://example.com/a'],
    ['Go to www.example.com/a.', 'https://www.example.com/a'],
    ['https://example.com:8443/a', 'https://example.com:8443/a'],
    ["mailto:o'neil@b.example", "mailto:o'neil@b.example"],
    ['mailto:bob%2Bwork@b.example', 'mailto:bob%2Bwork@b.example'],
    ['https://аpple.com/login', 'https://xn--pple-43d.com/login'],
    ['https://ex\u00adample.com/a', 'https://example.com/a'],
    ['http://0x7f.1/a', 'http://127.0.0.1/a'],
    ['https://fa.example/می\u200cخ', 'https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE'],
    ['https://a.example/x\u200e, and', 'https://a.example/x'],
  ])('ends and leads where it should: %j', (text, url) => {
    expect(links(text)).toEqual([url]);
  });

  it.each([
    'mailto:bob',
    'mailto:a{b',
    'https://',
    'www.',
    'bob@www.example.com',
    'https://a..b%',
    'ahttps://a.example',
    'http://-',
  ])('takes no piece of something else for a link: %j', (text) => {
    expect(links(text).filter((url) => !url.startsWith('http://-'))).toEqual([]);
  });

  it.each([
    ['https://аpple.com/login', 'https://xn--pple-43d.com/login'],
    ['https://bücher.example/größe', 'https://xn--bcher-kva.example/größe'],
    ['https://bank.example/\u202egnp.exe', 'https://bank.example/%E2%80%AEgnp.exe'],
    ['https://a.example/größe', 'https://a.example/größe'],
    ['https://user@a.example/', 'https://user@a.example/'],
    ['HTTPS://A.example/X', 'HTTPS://A.example/X'],
    ['www.a.example', 'www.a.example'],
    ['https:///a.example/x', 'https:///a.example/x'],
    ['mailto:bob@аpple.com', 'mailto:bob@xn--pple-43d.com'],
    ['mailto:bob@a.example?subject=größe', 'mailto:bob@a.example?subject=größe'],
    ['https:////аpple.com/x', 'https://xn--pple-43d.com/x'],
    ['http://2130706433/', 'http://127.0.0.1/'],
  ])('shows of %j what it is', (text, shown) => {
    expect(splitLinks(text).flatMap((piece) => (piece.kind === 'link' ? [piece.shown] : []))).toEqual([shown]);
  });

  it('loses nothing of the text', () => {
    const text = 'a https://b.example/. c\nhttp://d.example';
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('is quick with a link that is all brackets', () => {
    const url = `https://a.example/${'('.repeat(400_000)}`;
    expect(links(`${url}${')'.repeat(900_000)}`)).toEqual([`${url}${')'.repeat(400_000)}`]);
  });

  it('makes no more links than a window can bear, and loses no text', () => {
    const text = 'mailto:a@b '.repeat(100_000);
    expect(links(text)).toHaveLength(1_000);
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
