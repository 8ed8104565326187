import { expect, it } from 'vitest';
import { SEEN, seenIn } from '../../../../shared/html/seen';
import { safeStyle } from '../../../../shared/html/style-policy';
import { growth, LINEAR } from '../../testing/growth';
import { cleanPage } from './clean-page';

const IDS = new Set(['pic@laptop', "it's(1)@x"]);
const clean = (html: string): string => cleanPage(html, IDS);

/** What Thunderbird, Outlook and Apple Mail write, shortened. */
it.each([
  [
    '<html><head><meta name="Generator" content="Microsoft Word 15"><style>p.MsoNormal{color:red}</style><title>t</title></head>' +
      '<body lang="EN-US" style="word-break:break-word"><!--[if mso]><p>x</p><![endif]--><div class="WordSection1">' +
      '<p class="MsoNormal" style="mso-margin-top-alt:auto;margin-left:5pt">Dear <b>Bob</b><o:p></o:p></p></div></body></html>',
    '<div style="word-break: break-word"><div><p style="margin-left: 5pt">Dear <b>Bob</b></p></div></div>',
  ],
  [
    '<p id="p1"><a class="moz-txt-link" moz-do-not-send="true" href="file:///home/alice/plan.txt">plan</a> ' +
      '<a href="imap://alice@host/INBOX;UID=7">that</a> <a href="mailbox:///home/alice/x?number=1">this</a> ' +
      '<a href="https://example.com/a?b=1&amp;c=2">page</a> <a href="mailto:bob@example.com">Bob</a></p>',
    '<p><a>plan</a> <a>that</a> <a>this</a> <a href="https://example.com/a?b=1&amp;c=2">page</a> ' +
      '<a href="mailto:bob@example.com">Bob</a></p>',
  ],
  [
    '<blockquote type="cite" cite="mid:1@laptop"><div class="moz-cite-prefix">On Monday</div></blockquote>',
    '<blockquote type="cite"><div>On Monday</div></blockquote>',
  ],
  [
    '<img moz-do-not-send="false" src="cid:pic%40laptop" alt="a &quot;b&quot;" width="10" class="Apple-web-attachment">',
    '<img src="cid:pic%40laptop" alt="a &quot;b&quot;" width="10">',
  ],
  ['<img src="mailbox:///home/alice/x?part=1.2" alt="<plan>"><img src="file:///C:/a.png">', '&lt;plan&gt;'],
  ['<img src="https://example.com/p.gif" alt="p"><img src="cid:gone@laptop">', 'p'],
  [
    String.raw`<img src="cid:pic@laptop" alt="Description: C:\Users\alice\a.png" title="\\box\alice"><img src="x" alt="/home/alice/a.png">`,
    '<img src="cid:pic%40laptop">',
  ],
  [
    '<p title="file:///home/alice/a">and/or/home/</p><img alt="at 5: / and C: is" src=x>',
    '<p>and/or/home/</p>at 5: / and C: is',
  ],
  [`<img src="cid:it's(1)@x">`, '<img src="cid:it%27s%281%29%40x">'],
  ['a<script>alert("b</b>")</script><style>c</style><svg><style>d</style>e</svg>f', 'af'],
  [
    '<span style="display:none;color:red">x</span><p hidden>y</p>',
    '<span style="color: red" hidden="">x</span><p hidden="">y</p>',
  ],
  [
    '<table cellspacing=2 data-x=1 onclick="go()"><tr><td bgcolor="#fff" colspan=2>1 &lt; 2 &amp; 3&nbsp;',
    '<table cellspacing="2"><tr><td bgcolor="#fff" colspan="2">1 &lt; 2 &amp; 3\u00a0',
  ],
  ['<p style="background:url(file:///home/alice/a.png);color:rgb(1,2,3)">x</p>', '<p style="color: rgb(1,2,3)">x</p>'],
])('keeps what dresses the words of %j, and nothing that tells who wrote them with what', (html, expected) => {
  expect(clean(html)).toBe(expected);
  expect(clean(clean(html))).toBe(clean(html));
});

it('costs as much as there is', async () => {
  const cost = await growth((amount) => Promise.resolve(clean(`<b class=x style="color:red">a<svg>`.repeat(amount))));
  expect(cost).toBeLessThan(LINEAR);
});

it('costs as much as there is in a style of nothing but ends, too', async () => {
  const style = (amount: number): string => `"${';'.repeat(4_000 * amount)}''"`;
  expect(await growth((amount) => Promise.resolve(safeStyle(style(amount))))).toBeLessThan(LINEAR);
  expect(safeStyle(style(1))).toBe('');
});

it.each([
  ['filter: opacity(', ' ', 'x'],
  ['transform: ', 'translate(', ''],
  ['transform: ', 'scale(', ''],
])('looks in time for what hides an element: %j with many %j', async (start, many, end) => {
  const hides = (amount: number): boolean =>
    seenIn(SEEN, { name: 'p', attribute: () => start + many.repeat(8_000 * amount) + end }).isGone;
  expect(await growth((amount) => Promise.resolve(hides(amount)))).toBeLessThan(LINEAR);
});
