import { describe, expect, it } from 'vitest';
import { safeStyle } from './style-policy';

describe('safeStyle', () => {
  it('keeps what only dresses the text', () => {
    expect(safeStyle('color: #333; font-size:14px; font-family: "Segoe UI", Arial')).toBe(
      'color: #333; font-size: 14px; font-family: "Segoe UI", Arial',
    );
    expect(safeStyle('background-color: rgb(1, 2, 3); COLOR: HSLA(1 2% 3% / 50%)')).toBe(
      'background-color: rgb(1, 2, 3); color: HSLA(1 2% 3% / 50%)',
    );
    expect(safeStyle('color: red !important')).toBe('color: red !important');
  });

  it.each([
    'background: url(https://a.example/p.gif)',
    'background-image: url(//a.example/p.gif)',
    'background-color: url(https://a.example/p.gif)',
    'list-style-image: url(x)',
    'list-style-type: url(x)',
    'border-image: url(x) 30',
    'cursor: url(x), auto',
    'content: url(x)',
    'color: u\\72l(https://a.example)',
    'color: \\75 rl(x)',
    'color: red/**/; background/**/: url(x)',
    'color: image-set("https://a.example" 1x)',
    'background-color: image(x)',
    'color: var(--x)',
    'width: expression(alert(1))',
    '-moz-binding: url(x)',
    'behavior: url(x)',
    'position: fixed',
    'position: absolute; top: 0; left: 0',
    'z-index: 99999',
    'transform: scale(99)',
    'opacity: 0',
    'display: none',
    'visibility: hidden',
    'animation: x 1s',
    'transition: all 1s',
    'filter: url(#x)',
    'mask: url(x)',
    'float: left',
    'margin-left: -9999px',
    'text-indent: -9999px',
    'margin: 0 -1em',
    '@import "https://a.example/x.css"',
    'color: red} body {background: red',
    "font-family: 'x; color: red",
    'font-family: "a;b"',
    '--x: url(x)',
    'src: url(x)',
    'color: rgb(url(x))',
    'color:',
    ':red',
    ';;',
  ])('drops %j', (style) => {
    expect(safeStyle(style)).not.toMatch(/url|position|-9999|expression|image|var|display|[\\@{}]/u);
    expect(['', 'color: red']).toContain(safeStyle(style));
  });

  it.each([
    ['background:#000;color:#fff', 'background-color: #000; color: #fff'],
    ['background: #000 url(x.png) no-repeat center; color: white', 'background-color: #000; color: white'],
    ['background:url("x.png") rgb(0, 0, 0)', 'background-color: rgb(0, 0, 0)'],
    ['background: navy', 'background-color: navy'],
    ['background: none', ''],
    ['background: no-repeat left top', ''],
    ['background: linear-gradient(red, blue)', ''],
  ])('keeps the ground under the words: %j', (style, safe) => {
    expect(safeStyle(style)).toBe(safe);
  });

  it.each([
    ['max-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;width:100%', 'width: 100%'],
    ['overflow-x:hidden;white-space:nowrap !important;max-height:1px;color:red', 'color: red'],
    ['white-space:nowrap;max-width:0', 'white-space: nowrap; max-width: 0'],
    ['overflow:hidden;width:100px;height:10%', 'width: 100px; height: 10%'],
    ['overflow-wrap:anywhere;white-space:nowrap', 'overflow-wrap: anywhere; white-space: nowrap'],
  ])('lets words that were to be cut wrap instead of lying over others: %j', (style, safe) => {
    expect(safeStyle(style)).toBe(safe);
  });

  it('drops a value of unreasonable length', () => {
    expect(safeStyle(`font-family: ${'a'.repeat(300)}`)).toBe('');
  });

  it('keeps the good beside the bad', () => {
    expect(safeStyle('color: red; position: fixed; padding: 4px')).toBe('color: red; padding: 4px');
  });
});
