import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PlainText } from './PlainText';

const shown = (text: string): string => renderToStaticMarkup(<PlainText text={text} />);
/** What a person reads of it: the words without the elements around them. */
const words = (text: string): string => shown(text).replaceAll(/<[^>]*>/gu, '');
const quoted = (lines: number): string => Array.from({ length: lines }, (_, index) => `> line ${index}`).join('\n');

describe('a plain text', () => {
  it('is shown as it was written, markup and all', () => {
    const html = shown('<img src=x onerror=alert(1)> & <b>bold</b>');
    expect(html).not.toMatch(/<img|<b>/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;bold&lt;/b&gt;');
  });

  it('has links that lead nowhere by themselves', () => {
    const html = shown('See https://example.org/tea, or not.');
    expect(html).not.toContain('href');
    expect(html).toMatch(/<button[^>]*role="link"[^>]*>https:\/\/example\.org\/tea<\/button>/);
    expect(words('See https://example.org/tea, or not.')).toBe('See https://example.org/tea, or not.');
  });

  it('folds a long quote and shows a short one', () => {
    expect(words(`Hello\n${quoted(3)}`)).toContain('line 2');
    const long = shown(`Hello\n${quoted(4)}`);
    expect(long).toContain('Show quoted text (4 lines)');
    expect(long).toContain('aria-expanded="false"');
    expect(long).not.toContain('line 0');
  });

  it('shows a quote without its marks, one level at a time', () => {
    expect(words('> one\n>> two')).toBe('one\n&gt; two');
  });

  it('is nothing for an empty text', () => {
    expect(words('')).toBe('');
  });
});
