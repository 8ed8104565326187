import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import limits from './limits.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));

const longest = ['looks', 'backup', 'two-windows', 'scan'].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: `${root}e2e/specs`,
  outputDir: `${root}test-results/e2e`,
  // One private Tor network for every spec that wants one.
  globalSetup: `${root}e2e/tornet/playwright-setup.ts`,
  // Specs mostly wait, for tor or for a window, so two files at once; each needs a display of its own.
  workers: process.env['POSTHORN_TEST_DISPLAYS']?.split(' ').length ?? 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // The longest files first, or one worker is left with them at the end.
  projects: [
    { name: 'long', testMatch: longest },
    { name: 'other', testIgnore: longest },
  ],
  timeout: limits.testMinutes * 60_000,
  expect: { timeout: limits.expectMinutes * 60_000 },
  reporter: [['list'], [`${root}scripts/test/playwright-reporter.mjs`]],
});
