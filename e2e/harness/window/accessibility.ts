import type { AxeResults } from 'axe-core';
import { source } from 'axe-core';
import type { Page } from 'playwright';

declare global {
  interface Window {
    readonly axe: {
      run(options: { resultTypes: ['violations']; runOnly?: { type: 'rule'; values: string[] } }): Promise<AxeResults>;
    };
  }
}

/** One thing that keeps somebody out, and where it is. */
export type AccessibilityProblem = {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  readonly where: readonly string[];
};

/** The rules of axe that look at colours; all others answer the same of light and dark. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds serious or critical on the page as it is. The checker is evaluated by the debugger, which the page's
 * own policy does not concern; the page itself loads nothing.
 * @param of only what the colours do: of a page that was checked whole before its scheme changed
 */
export async function accessibilityProblems(
  page: Page,
  of: 'everything' | 'colours' = 'everything',
): Promise<AccessibilityProblem[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(source);
  const only = of === 'colours' ? colourRules : undefined;
  // What passes is only counted: to describe each of its elements takes longer than all the checks.
  const { violations } = await page.evaluate(
    (values) =>
      window.axe.run({
        resultTypes: ['violations'],
        ...(values && { runOnly: { type: 'rule', values: [...values] } }),
      }),
    only,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? 'none',
      help,
      where: nodes.map((node) => node.target.join(' ')),
    }));
}
