import type { Page } from 'playwright';

/** A tab order this long leads round every page of the program. */
const longestWay = 80;

/** Presses Tab until the element with this test id has the focus. @throws when the whole order goes by without it */
export async function tabTo(
  page: Page,
  testId: string,
  { key = 'Tab' }: { readonly key?: 'Tab' | 'Shift+Tab' } = {},
): Promise<void> {
  for (let presses = 0; presses < longestWay; presses += 1) {
    if ((await focused(page)) === testId) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${testId}`);
}

/** The test id of what has the focus, or what it is. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    return active?.getAttribute('data-testid') ?? active?.getAttribute('aria-label') ?? active?.tagName ?? '';
  });
}

/** The pane that has the focus. */
export function focusedPane(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane']);
}

/** One stop of the tab order, and whether the focus can be seen on it. */
export type TabStop = { readonly what: string; readonly visible: boolean };

/**
 * Everything that Tab comes to on the page as it is, until it begins again, and of each whether the focus can be seen:
 * the element, what holds it, or a part of it looks different from how it looks without the focus.
 */
export async function tabOrder(page: Page): Promise<readonly TabStop[]> {
  const order: TabStop[] = [];
  const seen = await page.evaluateHandle(() => new Set<Element>());
  for (let presses = 0; presses < longestWay; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus, seen);
    if (stop === undefined) break;
    order.push(stop);
  }
  await seen.dispose();
  return order;
}

/** Runs in the page; nothing when the focus has been here before. */
function describeFocus(seen: Set<Element>): TabStop | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || seen.has(active)) return undefined;
  seen.add(active);
  if (active === document.body) return { what: 'the page', visible: true };
  const holders = [active, active.parentElement, active.parentElement?.parentElement].filter(
    (one) => one instanceof HTMLElement,
  );
  const around = [...holders, ...active.querySelectorAll('*')];
  const looks = () =>
    around.map((element) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(element);
      return [outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor].join();
    });
  const focused = looks();
  active.blur();
  const plain = looks();
  active.focus({ preventScroll: true });
  return {
    what: active.dataset['testid'] ?? active.ariaLabel ?? active.innerText.slice(0, 40),
    visible: focused.some((look, index) => look !== plain[index]),
  };
}
