import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { hostileHtml } from '../harness/process/hostile-html';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';
import { LINEAR, pageGrowth } from '../harness/window/page-growth';

/** What the renderer makes of a message's HTML, as the window's own code. */
type Subject = {
  sanitiseHtml(page: Window, request: { readonly html: string; readonly images: ReadonlyMap<string, string> }): string;
  frameDocument(body: string): string;
  wordsOf(element: Element): string;
};
declare global {
  interface Window {
    readonly subject: Subject;
  }
}

let alice: RunningApp;

test.beforeAll(async () => {
  alice = await launchApp({ name: 'hostile' });
  await alice.page.getByTestId('welcome-passphrase-form').waitFor();
  await alice.page.evaluate(await readerCode());
});
test.afterAll(async () => {
  await alice.close();
  alice.remove();
});

/**
 * The two functions of the reader, bundled as the window has them; the debugger may bring them in, the page could
 * not.
 */
async function readerCode(): Promise<string> {
  const reader = resolve('renderer/features/reader/html');
  const contents = `export { sanitiseHtml } from '${reader}/sanitise-html'; export { frameDocument } from '${reader}/frame-document'; export { wordsOf } from '${reader}/words-of';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: reader, loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'subject',
    write: false,
    target: 'chrome130',
  });
  // A `var` of an evaluated script becomes a property of the window.
  return outputFiles[0]!.text;
}

const sanitise = (page: Page, html: string): Promise<string> =>
  page.evaluate(
    (dirty) =>
      window.subject.sanitiseHtml(window, { html: dirty, images: new Map([['known', 'blob:app://posthorn/picture']]) }),
    html,
  );

/** What is still dangerous in HTML once Chromium has parsed it into the reading frame's document. */
const dangers = (page: Page, html: string): Promise<string[]> =>
  page.evaluate((clean) => {
    const tags =
      /^(?:script|style|link|meta|base|title|i?frame|frameset|object|embed|applet|param|form|input|button|textarea|select|option|svg|math|template|slot|noscript|audio|video|source|picture|track|canvas|dialog|map|area|xmp|plaintext|marquee|portal|.*-.*)$/iu;
    const attributes =
      /^(?:on.*|href|xlink:.*|action|formaction|srcset|background|poster|ping|target|id|name|class|srcdoc|data|code|http-equiv|is|slot|usemap|cite|lowsrc|dynsrc|contenteditable|autofocus|accesskey|popover.*|shadowroot.*|data-(?!link$).*)$/iu;
    const styles = /url|expression|image|import|var\(|position|z-index|inset|behavior|binding|animation|\\|@|-\d/iu;
    const { body } = new DOMParser().parseFromString(window.subject.frameDocument(clean), 'text/html');
    return [...body.querySelectorAll('*')].flatMap((element) => [
      ...(tags.test(element.tagName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml'
        ? [`<${element.tagName}>`]
        : []),
      ...[...element.attributes].flatMap(({ name, value }) => {
        // Without the attribute Chromium would write the name that the element was made with.
        const emptied = name === 'is' && value === '';
        const bad =
          (attributes.test(name) && !emptied) ||
          (name === 'src' && !value.startsWith('blob:')) ||
          (name === 'style' && styles.test(value)) ||
          (name === 'data-link' && !/^(?:https?|mailto):/u.test(value));
        return bad ? [`${name}="${value}"`] : [];
      }),
    ]);
  }, html);

for (const [what, html] of Object.entries(hostileHtml)) {
  test(`harmless: ${what}`, async () => {
    const clean = await sanitise(alice.page, html);
    expect(await dangers(alice.page, clean)).toEqual([]);
    // What changes when it is parsed again could become something else in the frame.
    const parsed = await alice.page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'text/html').body.innerHTML,
      clean,
    );
    expect(await dangers(alice.page, parsed)).toEqual([]);
  });
}

test('the look would see what it looks for', async () => {
  const raw = await dangers(
    alice.page,
    '<script></script><img src="https://a.example/" onerror="1"><a href="x" id="y">a</a><p style="position: fixed">b</p>',
  );
  expect(raw).toEqual([
    '<SCRIPT>',
    'src="https://a.example/"',
    'onerror="1"',
    'href="x"',
    'id="y"',
    'style="position: fixed"',
  ]);
});

test('what a letter is made of stays', async () => {
  const letter =
    '<h1 style="color: #333">Hello</h1><p>A <a href="https://a.example/x?y=1">link</a> and <b>bold</b>.</p><table border="1"><tbody><tr><td align="center">1</td></tr></tbody></table><img src="cid:known" alt="us">';
  const clean = await sanitise(alice.page, letter);
  for (const kept of [
    '<h1 style="color: #333">Hello</h1>',
    'data-link="https://a.example/x?y=1"',
    '<b>bold</b>',
    'align="center"',
    'src="blob:app://posthorn/picture"',
  ]) {
    expect(clean).toContain(kept);
  }
});

// At the reader's own limit of tags; what has more is shown as plain text (drawable-html).
for (const [what, piece, count, before, after] of [
  ['a long attribute', 'a', 250_000, '<p ', '>'],
  ['crossed', '<b><i>', 3_125, '', ''],
  ['a long style', 'color:red;', 25_000, '<p style="', '">a</p>'],
  ['escaped', '&lt;', 125_000, '', ''],
  ['links', '<a href="https://a.example/">x</a>', 5_000, '', ''],
] as const) {
  test(`huge input is answered at a cost that grows with it: ${what}`, async () => {
    const answer = (amount: number) => sanitise(alice.page, before + piece.repeat(count * amount) + after);
    expect(await pageGrowth(alice.page, answer)).toBeLessThan(LINEAR);
  });
}

// A browser looks through all that is open; what is too deep is flattened before it sees it.
for (const [what, piece] of [
  ['boxes', '<div>'],
  ['letters', '<b><i>'],
  ['colours', '<font color=1><p>'],
  ['links', '<a href=1><p>'],
  ['tables', '<table><tr><td>'],
] as const) {
  test(`depth costs no more than the tags themselves: ${what}`, async () => {
    const answer = (amount: number) => sanitise(alice.page, `${piece.repeat(3_000 * amount)}x`);
    expect(await pageGrowth(alice.page, answer)).toBeLessThan(LINEAR);
  });
}

// What the text version leaves out, the frame does, too: what a reader was never meant to see.
for (const hidden of [
  '<div style="display:none">Look</div>',
  '<div style="display:none"><p style="display:block">Look</p></div>',
  '<span hidden>Look</span>',
  '<x-y style="visibility:hidden">Look</x-y>',
  '<form hidden><p>Look</p></form>',
  '<p style="font-size:0">Look</p>',
  '<p style="font-size:1px"><b style="font-size:2em">Look</b></p>',
  '<div style="max-height:0;overflow:hidden">Look</div>',
  '<div style="position:absolute;left:-9999px">Look</div>',
  '<p style="opacity:0">Look</p>',
  '<p style="color:transparent">Look</p>',
  '<p style="font:0/0 a">Look</p>',
  '<p style="visibility:hidden">Look</p>',
  '<p style="clip-path:inset(50%)">Look</p>',
  '<p style="display:none;display:nonsense">Look</p>',
  '<p style="d\\69splay:none">Look</p>',
  '<body style="visibility:hidden">Look</body>',
  '<dialog>Look</dialog>',
  '<object>Look</object>',
  '<canvas>Look</canvas>',
  '<datalist>Look</datalist>',
  '<noscript>Look</noscript>',
  '<form style="font-size:0">Look</form>',
  '<form style="visibility:hidden"><input name="childNodes">Look<input name="ownerDocument"></form>',
  '<x-y style="color:transparent"><b>Look</b></x-y>',
]) {
  test(`words that the writer hid stay hidden: ${hidden}`, async () => {
    const clean = await sanitise(alice.page, `${hidden}<p>Dear Bob</p>`);
    expect(clean).toContain('<p>Dear Bob</p>');
    expect(clean).not.toContain('Look');
    expect(clean).not.toContain('data-');
  });
}

for (const shown of [
  '<p style="visibility:hidden">gap<b style="visibility:visible">Look</b></p>',
  '<form style="visibility:hidden">gap<b style="visibility:visible">Look</b></form>',
  '<table><tbody><tr><td style="max-width:0;overflow:hidden;text-overflow:ellipsis">Look</td></tr></tbody></table>',
  '<div hidden style="display:block">Look</div>',
  '<p style="color:#fff;background:#fff;mso-hide:all">Look</p>',
  '<dialog open>Look</dialog>',
  '<details><summary>More</summary><p>Look</p></details>',
  '<p style="font-size:0"><font size="2">Look</font></p>',
  '<math><mi>Look</mi></math>',
  '<table><tr><td>a</div><p>Look</p></td></tr></table>',
]) {
  test(`words that a reader sees are shown: ${shown}`, async () => {
    const clean = await sanitise(alice.page, shown);
    expect(clean).toContain('Look');
    expect(clean).not.toContain('gap');
    expect(clean).not.toContain('data-');
  });
}

test('what is folded is unfolded, as the text of the message has it', async () => {
  expect(await sanitise(alice.page, '<details><summary>More</summary>Look</details>')).toContain('<details open="">');
});

test('the words of a link in two lines or cells are not one word', async () => {
  const words = await alice.page.evaluate(() =>
    ['bank.example<br>Login', '<p>a.example</p><p>b</p>', '<b>ba</b>nk<wbr>.ex<i>ample</i>'].map((html) =>
      window.subject.wordsOf(new DOMParser().parseFromString(html, 'text/html').body).trim().replaceAll(/\s+/gu, ' '),
    ),
  );
  expect(words).toEqual(['bank.example Login', 'a.example b', 'bank.example']);
});

test('words with a size of their own are seen in a box without one', async () => {
  const clean = await sanitise(
    alice.page,
    '<div style="font-size:0">gap<p style="font-size:14px">Dear <b>Bob</b></p>gap</div>',
  );
  expect(clean).toContain('Dear <b>Bob</b>');
  expect(clean).not.toContain('gap');
});

for (const [html, kept] of [
  ['<p style="background:#000;color:#fff">a</p>', true],
  ['<p style="background:url(x.png);color:#fff">a</p>', false],
  ['<p style="color:white">a</p>', false],
  ['<font color="#fefefe">a</font>', false],
  ['<table bgcolor="navy"><tbody><tr><td style="color:white">a</td></tr></tbody></table>', true],
  ['<div style="background:#000;color:#fff"><p style="background:white">a</p></div>', false],
  ['<p style="color:rgba(0,0,0,0.02)">a</p>', false],
  ['<p style="color:hsl(0 0% 98%)">a</p>', false],
  ['<p style="color:red">a</p>', true],
  ['<table bgcolor="#000"><tbody><tr><td>a</td></tr></tbody></table>', true],
  ['<p style="background:rgb(42,76,189)"><a href="https://a.example/">a</a></p>', true],
  ['<p style="background:#2a4cbd;color:#fff"><a href="https://a.example/" style="color:inherit">a</a></p>', true],
  ['<p style="background:#2a4cbd;color:#fff"><a href="https://a.example/" style="color:currentcolor">a</a></p>', true],
  ['<p style="background-color:currentcolor">a</p>', false],
  ['<body bgcolor="#000"><p style="color:#fff">a</p></body>', true],
  ['<div bgcolor="black"><p style="color:#fff">a</p></div>', true],
] as const) {
  test(`colours in which nothing can be read go: ${html}`, async () => {
    const clean = await sanitise(alice.page, html);
    const innermost = clean.slice(clean.lastIndexOf('<', clean.indexOf('>a<')), clean.indexOf('>a<'));
    expect(/color/u.test(innermost)).toBe(kept);
  });
}

test('nothing in the frame turns the direction of what stands beside it', async () => {
  const clean = await sanitise(alice.page, '<p>Rechnung &#8238;fdp.exe \u2067x</p>');
  expect(clean).toBe('<p>Rechnung fdp.exe x</p>');
});

test('the deepest input is answered', async () => {
  expect(await dangers(alice.page, await sanitise(alice.page, '<div>'.repeat(25_000)))).toEqual([]);
});

test('a press in the frame leads nowhere', async () => {
  const { page } = alice;
  const moved: string[] = [];
  page.on('framenavigated', (frame) => moved.push(frame.url()));
  const html =
    '<p><a href="https://a.example/">one</a> <a href="mailto:a@b.example">two</a> <a href="#x">three</a> <a href="javascript:alert(1)">four</a></p>';
  const clean = await sanitise(page, html);
  await page.evaluate((body) => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-same-origin');
    frame.srcdoc = window.subject.frameDocument(body);
    frame.style.cssText = 'position: fixed; inset: 0; z-index: 9999';
    document.body.append(frame);
  }, clean);
  const frame = page.frameLocator('iframe');
  await frame.getByText('four').waitFor();
  moved.length = 0;
  for (const word of ['one', 'two', 'three', 'four']) {
    await frame.getByText(word).click();
    await frame.getByText(word).click({ button: 'middle' });
    await page.keyboard.press('Enter');
  }
  await expect(frame.locator('body')).toHaveText('one two three four');
  expect(page.frames().map((each) => each.url())).toEqual(['app://posthorn/index.html', 'about:srcdoc']);
  expect(moved).toEqual([]);
  expect(page.context().pages()).toHaveLength(1);
});
