import { describe, expect, it } from 'vitest';
import { flattenHtml } from './flatten-html';

/** How deep elements stand in HTML that is well formed. */
const depthOf = (html: string): number => {
  let depth = 0;
  let most = 0;
  for (const [, slash] of html.matchAll(/<(\/?)[a-z][^>]*>/gu)) {
    depth += slash === '/' ? -1 : 1;
    most = Math.max(most, depth);
  }
  return most;
};

describe('flattenHtml', () => {
  it.each([
    '<p>Hello <b>Bob</b>, 1 &lt; 2</p>',
    '<table><tr><td>a</td><td>b</td></tr></table>',
    '<img src="a>b" alt=\'c>d\'>text<br>more',
    '<a title=">" href="https://a.example/?a=1&b=2">x</a>',
    '<P CLASS=x>Hello</P>'.toLowerCase(),
  ])('leaves %j as it is', (html) => {
    expect(flattenHtml(html)).toBe(html);
  });

  it.each([
    ['<p>one<p>two', '<p>one</p><p>two'],
    ['<ul><li>a<li>b<ul><li>c</ul></ul>', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>'],
    ['<tr><td>a<td>b<tr><td>c', '<tr><td>a</td><td>b</td></tr><tr><td>c'],
    ['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
    ['a<!-- x > y -->b<!doctype html>c<?x?>d', 'abcd'],
    ['a<style>b { c: "<p>" }</style>d<script>if (a < b) x()</script>e', 'ade'],
    ['1 < 2 </3> x', '1 &lt; 2  x'],
    ['a<noscript><p>b</p></noscript>c', 'ac'],
    ['a<p title="b', 'a'],
    ['a<!-- b', 'a'],
    ['a<style>b', 'a'],
    ['a</p>b', 'ab'],
    ['<html><body style="color:red">a</div>b</body>c</html>', '<div><div style="color:red">ab</div>c</div>'],
    ['<div><table><tr><td>a</div>b</li></td></tr></table></div>', '<div><table><tr><td>ab</td></tr></table></div>'],
    ['<table><tr><td><div>a</tr>b', '<table><tr><td><div>a</div></td></tr>b'],
    ['<li>a<ul><li>b</ul></li>', '<li>a<ul><li>b</li></ul></li>'],
    ['<math><mi>E</mi><mo>=</mo><msup><mi>mc</mi><mn>2</mn></msup></math>', 'E=mc2'],
    ['a<FRAMESET x><frame src=y></frameset>b', 'ab'],
  ])('writes %j so that each element ends where it was open', (html, flat) => {
    expect(flattenHtml(html)).toBe(flat);
  });

  it.each([
    ['<div>', 'x'],
    ['<b><i>', 'x'],
    ['<table><tr><td>', 'x'],
    ['<a title=1><font color=2>', 'x'],
    ['<x-y>', 'x'],
  ])('keeps words and depth when %j stands in itself', (tag, words) => {
    const flat = flattenHtml(tag.repeat(5_000) + words);
    expect(flat.endsWith(words)).toBe(true);
    expect(depthOf(flat)).toBeLessThanOrEqual(200);
  });

  it('ends what was left out with what was left out', () => {
    expect(flattenHtml(`${'<div>'.repeat(300)}a${'</div>'.repeat(300)}<p>b</p>`)).toBe(
      `${'<div>'.repeat(200)}a${'</div>'.repeat(200)}<p>b</p>`,
    );
  });

  it('opens nothing again: unclosed letters of a kind do not add up', () => {
    const flat = flattenHtml('<p><font color=1></p>'.repeat(5_000));
    expect(flat).toBe('<p><font color=1></font></p>'.repeat(5_000));
  });

  it('is quick with what is not closed', () => {
    for (const piece of ['<', '<a', '<a b="', '<!--', '<style>', '</', '<a =', '<p ', '<div>', '<a href=\'x" '])
      expect(typeof flattenHtml(piece.repeat(200_000))).toBe('string');
  });
});
