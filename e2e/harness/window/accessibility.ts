import type { AxeResults } from 'axe-core';
import { source } from 'axe-core';
import type { Page } from 'playwright';

declare global {
  interface Window {
    readonly axe: { run(options: { resultTypes: ['violations'] }): Promise<AxeResults> };
  }
}

/** One thing that keeps somebody out, and where it is. */
export type AccessibilityProblem = {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  readonly where: readonly string[];
};

/**
 * What axe finds serious or critical on the page as it is. The checker is evaluated by the debugger, which the page's
 * own policy does not concern; the page itself loads nothing.
 */
export async function accessibilityProblems(page: Page): Promise<AccessibilityProblem[]> {
  await page.evaluate(`if (window.axe === undefined) { ${source} }`);
  // What passes is only counted: to describe each of its elements takes longer than all the checks.
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? 'none',
      help,
      where: nodes.map((node) => node.target.join(' ')),
    }));
}
