import { describe, expect, it } from 'vitest';
import { splitLinks } from './split-links';
import { splitQuotes } from './split-quotes';

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
    const text = 'mailto:a '.repeat(100_000);
    expect(links(text)).toHaveLength(1_000);
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('splitQuotes', () => {
  it('tells own words from quoted ones', () => {
    expect(splitQuotes('Yes.\n\n> Are you there?\n>> Hello\n\nBye').map(({ kind }) => kind)).toEqual([
      'text',
      'quote',
      'text',
    ]);
  });

  it('takes everything after the dashes for the signature', () => {
    expect(splitQuotes('Yes.\r\n-- \r\nBob\r\n> not a quote')).toEqual([
      { kind: 'text', text: 'Yes.' },
      { kind: 'signature', text: '-- \nBob\n> not a quote' },
    ]);
  });

  it('makes no more blocks than a window can bear, and loses no text', () => {
    const text = '> a\nb\n'.repeat(100_000).trimEnd();
    const blocks = splitQuotes(text);
    expect(blocks).toHaveLength(1_000);
    expect(blocks.map((block) => block.text).join('\n')).toBe(text);
  });

  it('has nothing for an empty text', () => {
    expect(splitQuotes('\n\n')).toEqual([]);
  });
});
