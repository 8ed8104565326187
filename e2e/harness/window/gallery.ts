import type { RunningApp } from './launch-app';
import { accessibilityProblems } from './accessibility';
import type { AccessibilityProblem } from './accessibility';
import { saveScreenshot } from './screenshot';

const sizes = [
  { name: 'wide', width: 1_280, height: 800 },
  { name: 'narrow', width: 900, height: 600 },
] as const;
/** Dark differs from light in colours alone (renderer/ui/tokens.css), so all else is checked in light. */
const schemes = [
  { scheme: 'light', of: 'everything' },
  { scheme: 'dark', of: 'colours' },
] as const;

/** Set to take new pictures for the README too. */
const updating = process.env['UPDATE_SCREENSHOTS'] === '1';

export type Scene = {
  /** File name without size, scheme and ending. */
  readonly name: string;
  /** Name under which the README shows this scene, wide, light and dark. */
  readonly shownAs?: string;
};

/** A problem and the look in which it was found. */
export type SceneProblem = AccessibilityProblem & { readonly look: string };

/**
 * Takes the window as it stands in two sizes, light and dark, and checks each with axe. Leaves it wide and light.
 * @returns what axe finds serious or critical in any of the four
 */
export async function pictures(window: RunningApp, { name, shownAs }: Scene): Promise<readonly SceneProblem[]> {
  const problems: SceneProblem[] = [];
  // Nothing is to look pointed at, unless a menu is open there.
  await window.page.mouse.move(1, 1);
  for (const { name: size, width, height } of sizes) {
    await resize(window, { width, height });
    for (const { scheme, of } of schemes) {
      await dress(window, scheme);
      const look = `${name}-${size}-${scheme}`;
      await saveScreenshot(window.page, look);
      if (updating && size === 'wide' && shownAs !== undefined)
        await saveScreenshot(window.page, `${shownAs}-${scheme}`, 'assets/screenshots');
      problems.push(...(await accessibilityProblems(window.page, of)).map((problem) => ({ ...problem, look })));
    }
  }
  await resize(window, sizes[0]);
  await dress(window, 'light');
  return problems;
}

/** Makes the page of the window this large and waits until the page has noticed. */
export async function resize(
  { app, page }: RunningApp,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
  await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, { width, height });
}

async function dress({ page }: RunningApp, scheme: (typeof schemes)[number]['scheme']): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-theme="${scheme}"]`).waitFor({ state: 'attached' });
}
