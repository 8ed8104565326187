import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainTextOf, readHtml } from '../parse/html-text';

describe('the text of a page', () => {
  it.each([
    ['<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['<div><div><div>deep</div></div></div>next', 'deep\nnext'],
    ['  a \r\n\t b  ', 'a b'],
    ['<h1>Head</h1>body<hr>end', 'Head\n\nbody\n\nend'],
    ['a&nbsp;&nbsp;b', 'a  b'],
    ['<p>&nbsp;</p>', ''],
    ['a<br><br><br><br><br>b', 'a\n\nb'],
    ['<pre>  two\n   lines</pre>', '  two\n   lines'],
    ['<div style="white-space: pre-wrap">a\n  b</div>', 'a\n  b'],
    ['<p>one<p>two<p>three', 'one\n\ntwo\n\nthree'],
  ])('stands on lines as its blocks do: %j', (html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it.each([
    ['<ul><li>a<li>b<ul><li>c</ul></ul>after', '- a\n- b\n  - c\n\nafter'],
    ['<ol start=3><li>x</li><li>y</li></ol>', '3. x\n4. y'],
    ['<ul><li></li><li>only</li></ul>', '- only'],
    ['<table><tr><td>a<td>b<tr><th>c</th><td>d</td></table>', 'a\tb\nc\td'],
    ['<dl><dt>t<dd>d</dl>', 't\nd'],
    ['<blockquote>q<blockquote>deep</blockquote>back</blockquote>mine', '> q\n>\n>> deep\n>\n> back\n\nmine'],
    ['<blockquote>a<br>b</blockquote>', '> a\n> b'],
  ])('has the marks of lists, tables and quotations: %j', (html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it.each([
    ['H<sub>2</sub>O and E=mc<sup>2</sup>', 'H2O and E=mc2'],
    ['<b>bo</b>ld <i>w<u>o</u></i>rd', 'bold word'],
    ['Donau&shy;dampf<wbr>schiff', 'Donaudampfschiff'],
    ['a&zwnj;b \u0645\u06cc\u200c\u062e', 'a\u200cb \u0645\u06cc\u200c\u062e'],
    ['&lt;b&gt; &amp; &copy; &#x41;&#66; &notAnEntity; &amp', '<b> & © AB ¬AnEntity; &'],
    ['&#0;&#x110000;&#xd800;x', '\ufffd\ufffd\ufffdx'],
  ])('keeps words whole: %j', (html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it.each([
    '<div style="display:none">X</div>',
    '<div style="DISPLAY : none !important">X</div>',
    '<div style="display:block;display:none">X</div>',
    '<div style="display:/* */none">X</div>',
    '<div style="display:none">X<div>X</div>X</div>',
    '<span style="visibility:hidden">X</span>',
    '<span style="font-size:0">X</span>',
    '<span style="font-size:0px;line-height:0">X<b style="font-size:2em">X</b></span>',
    '<span style="font:0/0 a">X</span>',
    '<span style="font-size:1px">X</span>',
    '<span style="opacity:0">X</span>',
    '<span style="opacity:0.0">X<b style="opacity:1">X</b></span>',
    '<span style="color:transparent">X</span>',
    '<span style="color:rgba(0, 0, 0, 0)">X</span>',
    '<div style="max-height:0;overflow:hidden">X</div>',
    '<div style="height:0px;width:0px;overflow:hidden">X</div>',
    '<div style="position:absolute;left:-9999px">X</div>',
    '<div style="text-indent:-9999em">X</div>',
    '<div hidden>X</div>',
    '<div hidden="">X</div>',
    '<dialog>X</dialog>',
    '<title>X</title>',
    '<style>X</style>',
    '<STYLE type="text/css">X</STYLE>',
    '<script>X<!-- </script>',
    '<template><p>X</p></template>',
    '<noscript>X</noscript>',
    '<xmp>X</xmp>',
    '<div hidden style="color:red">X</div>',
    '<font color=red style="font:1px a">X</font>',
    '<svg><text>X</text></svg>',
    '<iframe>X</iframe>',
    '<!-- X -->',
    '<!-- X --!>',
    '<!X>',
    '<?X?>',
    '<input value="X"><meta content="X">',
    '<p style="display:none">X',
    '<ul><li style="display:none">X</ul>',
    '<table><tr style="display:none"><td>X<tr></table>',
    '<a href="https://x.example" style="display:none">X</a>',
    '<img alt="X" style="display:none">',
  ])('is without what nobody sees: %s', (html) => {
    expect(plainTextOf(`${html}<p>Dear Bob</p>`)).toBe('Dear Bob');
  });

  it.each([
    '<td style="font-size:0"><div style="font-size:14px">seen</div></td>',
    '<span style="visibility:hidden"><b style="visibility:visible">seen</b></span>',
    '<span style="color:transparent"><b style="color:#000">seen</b></span>',
    '<span style="display:none !important;display:inline"></span>seen',
    '<span style="display:none;display:inline">seen</span>',
    '<span style="font-size:10%">seen</span>',
    '<span style="font-size:.9em">seen</span>',
    '<span style="opacity:.5">seen</span>',
    '<div style="max-height:0">seen</div>',
    '<dialog open>seen</dialog>',
    '<details>seen</details>',
    '<a style="color:#fff;background:#c00;mso-hide:all">seen</a>',
    '<td style="max-width:0;overflow:hidden;text-overflow:ellipsis">seen</td>',
    '<span style="font-size:0"><font size=2>seen</font></span>',
    '<div hidden style="display:block">seen</div>',
    '<p style="display:none">X<p>seen',
    '<p style="display:none">X<div>seen</div>',
    '<ul><li style="display:none">X<li>seen</ul>',
  ])('has what is seen within: %s', (html) => {
    expect(plainTextOf(html)).toMatch(/^(?:- )?seen$/);
  });

  it.each([
    ['<table><tr><td>a</div></b></li></td><td>b</td></tr></table>', 'a\tb'],
    ['<div>x<table><tr><td>a</div>b<td>c</table>y</div>z', 'x\n\nab\tc\n\ny\nz'],
    ['<ul><li>a<table><tr><td>b</li>c<td>d</table>e</ul>', '- a\n\n  bc\td\n\n  e'],
    ['<table><tr><td><table><tr><td>a</table>b</table>c', 'a\n\nb\n\nc'],
    ['<table><tr><td>a<div>b</tr><tr><td>c</table>', 'a\nb\nc'],
    ['<ul><li>a<ol><li>b</ol></li><li>c</ul>', '- a\n  1. b\n- c'],
    ['<div style="display:none">X<table><tr><td>X</div>X</table>X</div>seen', 'seen'],
    ['<caption>a</caption></table>b', 'a\nb'],
  ])('ends what an end tag reaches, which stops at a cell: %j', (html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it('hides the rest behind what is never closed, as a browser does', () => {
    for (const open of ['<style>', '<script>', '<title>', '<!--', '<a href="', '<b title='])
      expect(plainTextOf(`seen${open}hidden`)).toBe('seen');
  });

  it.each([
    ['<a href="https://example.com/x">here</a>', 'here <https://example.com/x>'],
    ['<a href="https://example.com/">example.com</a>', 'example.com'],
    ['<a href="https://example.com/a">https://example.com/a</a>', 'https://example.com/a'],
    ['<a href="HTTPS://example.com">https://EXAMPLE.com/</a>', 'https://EXAMPLE.com/'],
    ['<a href="mailto:a@b.onion">a@b.onion</a>', 'a@b.onion'],
    ['<a href="mailto:eve@b.onion">alice@b.onion</a>', 'alice@b.onion <mailto:eve@b.onion>'],
    ['<a href="https://evil.example/">https://good.example/</a>', 'https://good.example/ <https://evil.example/>'],
    ['<a href="https://x.example/?a=1&amp;b=2">x</a>', 'x <https://x.example/?a=1&b=2>'],
    ['<a href="https://x.example/"><b>bo</b>ld</a>.', 'bold <https://x.example/>.'],
    ['<a href="https://x.example/"><img src=y alt="a cat"></a>', 'a cat <https://x.example/>'],
    ['<a href="https://x.example/"><img src=y></a>', '<https://x.example/>'],
    ['<a href="https://x.example/">never closed', 'never closed <https://x.example/>'],
    ['<a href="https://a.example">a<a href="https://b.example">b</a>', 'a <https://a.example/>b <https://b.example/>'],
    ['<a href=" java\nscript:x">a</a><a href="#b">b</a><a href="cid:c">c</a><a name=d>d</a>', 'abcd'],
    ['<a href="https://x.example/&#x202e;&gt;b c">x</a>', 'x <https://x.example/%E2%80%AE%3Eb%20c>'],
    ['<a href="https://аpple.example/">apple.example</a>', 'apple.example <https://xn--pple-43d.example/>'],
    ['<a href="https://x.example/A">x.example/a</a>', 'x.example/a <https://x.example/A>'],
    ['<a href="https://x.example/">x.example<br>now</a>', 'x.example\nnow <https://x.example/>'],
    ['<a href="tel:1">a</a><a href="ftp://x.example">b</a><a href="mailto:eve smith@x">c</a>', 'abc'],
  ])('names where a link leads when its words do not: %j', (html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it('has the words that stand for pictures', () => {
    expect(readHtml('<img src=x alt="A  cat"> and <img src=y>')).toEqual({ text: 'A cat and', hasPictures: true });
    expect(readHtml('<td style="font-size:0"><img src=x alt=Cat></td>')).toEqual({ text: 'Cat', hasPictures: true });
    expect(readHtml('<img style="display:none" src=x>')).toEqual({ text: '', hasPictures: false });
  });

  it('is the same in any case of its tags, with any attributes, in any quotes', () => {
    const texts = [
      '<DIV CLASS=a STYLE=display:none>no</DIV><P>yes</P>',
      "<div style='display:none'\n\tid=b>no</div\n><p/>yes",
      '<div data-x="<p>" style="display:none">no</div><p a=b c>yes</p >',
      '<div style="&#100;isplay:none">no</div><p>yes',
    ].map(plainTextOf);
    expect(new Set(texts)).toEqual(new Set(['yes']));
  });

  it('comes out of anything, and is never much longer than the page', () => {
    const pieces = fc.constantFrom(
      ...'<p> </p> <li> <ul> <ol> </ul> <blockquote> </blockquote> <a href="https://x.y"> </a> <br> <td> <tr>'.split(
        ' ',
      ),
      ...'<b style="display:none"> </b> <!-- --> <style> </style> & &amp; < > " \' = <pre> </pre> <img alt=x>'.split(
        ' ',
      ),
      ' ',
      '\n',
      'word',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 120 }), (html) => {
        const page = html.join('');
        expect(plainTextOf(page).length).toBeLessThanOrEqual(page.length * 10);
      }),
      { numRuns: 500 },
    );
  });
});
