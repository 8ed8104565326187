import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  testDir: `${root}e2e/specs`,
  outputDir: `${root}test-results/e2e`,
  // One private Tor network for every spec that wants one.
  globalSetup: `${root}e2e/tornet/playwright-setup.ts`,
  // Two Electron applications and a Tor network already fill the machine.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: `${root}test-results/e2e.json` }]],
});
