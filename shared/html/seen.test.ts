import { describe, expect, it } from 'vitest';
import { areWordsSeen, isShown, SEEN, seenIn, type Seen } from './seen';

const inside = (around: Seen, name: string, attributes: Readonly<Record<string, string>>): Seen =>
  seenIn(around, { name, attribute: (attribute) => attributes[attribute] });
const styled = (style: string, name = 'div', around = SEEN): Seen => inside(around, name, { style });

describe('a style', () => {
  it.each([
    'display:none',
    'DISPLAY : None !important',
    'display:none;display:nonsense',
    'display:none !important;display:block',
    'd\\69splay:none',
    'background:url("data:image/png;base64,a");display:none',
    'display:/* ; */none',
    'display:none;mso-hide:all',
    'opacity:0',
    'opacity: .01',
    'opacity:2%',
    'opacity:0;opacity:often',
    'filter:opacity(0)',
    'max-height:0;overflow:hidden',
    'width:1px; height:1px; overflow:hidden',
    'height:0;overflow:auto',
    'height:0;overflow-y:clip',
    'max-height:0px;overflow:hidden;text-overflow:ellipsis',
    'max-width:0;overflow:hidden',
    'height:calc(0px);overflow:hidden',
    'height:.5pt;overflow:hidden',
    'position:absolute;left:-9999px',
    'position:relative;left:-9999px',
    'position:absolute;top:-100em',
    'position:fixed;right:-100vw;left:-200%',
    'text-indent:-999px',
    'text-indent:-9999em',
    'margin-left:-9999px',
    'margin:0 0 0 -9999px',
    'transform:translateX(-9999px)',
    'transform: scale(0)',
    'scale:0',
    'position:absolute;clip:rect(0 0 0 0)',
    'position:absolute;clip:rect(1px,1px,1px,1px)',
    'position:absolute;clip:rect(0,1px,100px,0)',
    'clip-path: inset(50%)',
    'clip-path: inset(100%)',
    'clip-path:circle(0)',
    'clip-path:polygon(0 0, 0 0, 0 0)',
    'content-visibility:hidden',
  ])('hides all that is in an element: %s', (style) => {
    expect(styled(style).isGone).toBe(true);
    expect(isShown(styled('display:block;visibility:visible;opacity:1', 'b', styled(style)))).toBe(false);
  });

  it.each([
    ['visibility: hidden', 'visibility:visible'],
    ['visibility:collapse', 'visibility:initial'],
    ['font-size:0', 'font-size:14px'],
    ['font-size: 1px', 'font-size:9pt'],
    ['font-size:1pt', 'font-size:small'],
    ['font-size:0.05em', 'font:14px a'],
    ['font-size:1%', 'font:bold 12px/1.5 "a b", c'],
    ['font-size:.02in;font-size:0.1mm', 'font:caption'],
    ['font-size:calc(0px)', 'font-size:1rem'],
    ['font:0/0 a', 'font-size:medium'],
    ['font: italic bold 1px/2 Arial, sans-serif', 'font:700 12px a'],
    ['font-size:20px;font:0px a', 'font-size:initial'],
    ['color:transparent', 'color:#000'],
    ['color:rgba(0, 0, 0, 0)', 'color:initial'],
    ['color:rgb(0 0 0 / 0%)', 'color:red'],
    ['color:hsla(1,2%,3%,.001)', 'color:#fff'],
    ['color:#0000', 'color:#000f'],
    ['color:#ffffff00', 'color:rgb(1,2,3)'],
    ['-webkit-text-fill-color:transparent', '-webkit-text-fill-color:#000'],
    ['color:red;-webkit-text-fill-color:#0000', '-webkit-text-fill-color:currentcolor;color:red'],
  ])('hides the words until an element undoes it: %s', (style, undone) => {
    const seen = styled(style);
    expect(areWordsSeen(seen)).toBe(false);
    for (const same of [
      '',
      'color:inherit',
      'font-size:inherit',
      'visibility:unset',
      'color:currentcolor',
      'font:inherit',
    ])
      expect(areWordsSeen(styled(same, 'b', seen))).toBe(false);
    expect(areWordsSeen(styled(undone, 'b', seen))).toBe(true);
  });

  it.each([
    '',
    'display',
    'display:block',
    'display:none;display:inline',
    'display:none;display:table-cell',
    'display:initial',
    'display:inherit',
    'visibility:visible',
    'visibility:nonsense',
    'opacity:1',
    'opacity:0.9',
    'opacity:.5',
    'opacity:50%',
    'font-size:1em',
    'font-size:12px',
    'font-size:10%',
    'font-size:100%',
    'font-size:xx-small',
    'font-size:0;font-size:12px',
    'font-size:1',
    'font:0',
    'font:12px',
    'font: 700 12px/0 a',
    'font: 100 14px Arial',
    'font:inherit',
    'line-height:0',
    'height:0',
    'max-height:0',
    'overflow:hidden;height:200px',
    'overflow:hidden;text-overflow:ellipsis;white-space:nowrap;width:200px',
    'overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:0;width:100%',
    'overflow:hidden;max-width:100%',
    'margin-left:-10px',
    'position:absolute;left:50%;margin-left:-300px',
    'margin-left:-100%',
    'left:-9999px',
    'position:static;left:-9999px',
    'clip:rect(0 0 0 0)',
    'position:absolute;clip:rect(0,100px,50px,0)',
    'position:absolute;clip:auto',
    'clip-path:inset(10px)',
    'clip-path:circle(50%)',
    'transform:rotate(0)',
    'transform:translateX(-50%)',
    'transform:scale(1)',
    'mso-hide:all',
    'color:#fff;background:#fff',
    'color:inherit',
    'color:rgb(0,0,0)',
    'color:rgba(0,0,0,.9)',
    'color:rgba(0,0,0,.02)',
    'color:transparent;background-clip:text;background-image:linear-gradient(red,blue)',
    '-webkit-text-fill-color:transparent;-webkit-background-clip:text',
    'content:";display:block"',
    '--display:none',
  ])('hides nothing: %j', (style) => {
    expect(areWordsSeen(styled(style))).toBe(true);
  });

  it('cuts no cell that ends with an ellipsis, and none that takes the width that it needs', () => {
    for (const name of ['td', 'th']) {
      expect(areWordsSeen(styled('max-width:0;overflow:hidden', name))).toBe(true);
      expect(areWordsSeen(styled('width:1px;overflow:hidden', name))).toBe(true);
      expect(areWordsSeen(styled('max-height:0;overflow:hidden', name))).toBe(false);
    }
    expect(areWordsSeen(styled('display:table-cell;max-width:1px;overflow:hidden'))).toBe(true);
  });

  it('hides a picture with what is around it, and not for the size of a font', () => {
    expect(isShown(styled('font-size:0;color:transparent', 'td'))).toBe(true);
    expect(isShown(styled('visibility:hidden', 'td'))).toBe(false);
  });

  it('is small in small', () => {
    expect(areWordsSeen(styled('font-size:.2em', 'b', styled('font-size:.3em')))).toBe(false);
    expect(areWordsSeen(styled('font-size:50%', 'b', styled('font-size:2px')))).toBe(false);
    expect(areWordsSeen(styled('font-size:2em', 'b', styled('font-size:1px')))).toBe(false);
    expect(areWordsSeen(styled('font-size:14em', 'b', styled('font-size:1px')))).toBe(true);
    expect(areWordsSeen(styled('font-size:5em', 'b', styled('font-size:0')))).toBe(false);
  });
});

describe('an element', () => {
  it.each([
    ['div', { hidden: '' }],
    ['div', { hidden: 'until-found' }],
    ['div', { hidden: '', style: 'color:red' }],
    ['div', { hidden: '', style: 'display:nonsense' }],
    ['dialog', {}],
    ['dialog', { style: 'display:revert' }],
    ['template', { style: 'display:block' }],
    ['title', {}],
    ['noscript', {}],
    ['xmp', {}],
  ])('is not seen: %s %j', (name, attributes) => {
    expect(inside(SEEN, name, attributes).isGone).toBe(true);
  });

  it.each([
    ['div', { hidden: '', style: 'display:block' }],
    ['dialog', { open: '' }],
    ['dialog', { style: 'display:block' }],
    ['details', {}],
    ['details', { open: '' }],
    ['form', {}],
    ['font', { size: '1' }],
  ])('is seen: %s %j', (name, attributes) => {
    expect(areWordsSeen(inside(SEEN, name, attributes))).toBe(true);
  });

  it('of old gives a size and a colour', () => {
    expect(areWordsSeen(inside(styled('font-size:0'), 'font', { size: '2' }))).toBe(true);
    expect(areWordsSeen(inside(styled('font-size:0'), 'font', { size: 'x' }))).toBe(false);
    expect(areWordsSeen(inside(styled('color:transparent'), 'font', { color: '#333' }))).toBe(true);
  });

  it('with a style of any length costs no more than its length', () => {
    for (const piece of [';', ':', 'a:', '/*', '!', '\\', 'font:0 ', '(', '-', '0', ',', 'inset('])
      expect(typeof styled(`clip-path:${piece.repeat(50_000)};font:${piece.repeat(50_000)}`).isGone).toBe('boolean');
  });
});
