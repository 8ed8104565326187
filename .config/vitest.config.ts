import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import limits from './limits.json' with { type: 'json' };

const define = { __PRODUCTION__: 'false', __TEST_NETWORK__: 'false' };

/** Random campaigns (`npm run campaign`) are long in one test, on purpose. */
const isCampaign = process.env['POSTHORN_CAMPAIGN'] === '1';
const limit = isCampaign ? limits.campaignHours * 3_600_000 : limits.testMinutes * 60_000;

/** The same for every project: limits are for what hangs, and nothing else in the tests sets one. */
const patient = {
  testTimeout: limit,
  hookTimeout: limit,
  teardownTimeout: limit,
  expect: { poll: { timeout: limits.expectMinutes * 60_000 } },
  setupFiles: ['.config/patient-wait.ts'],
};

/** Tests beside their source that need the private Tor network. */
const tornetTests = '**/*.tornet.test.ts';

const unitTests = [
  'scripts/**/*.test.mjs',
  '{shared,bench}/**/*.test.ts',
  'electron/**/*.test.ts',
  '{bench,fuzz}/**/*.test.ts',
  'renderer/**/*.test.{ts,tsx}',
];

/** Tests of what only computes: it keeps nothing between two files, and changes nothing of its process. */
const pureTests = [
  'shared/**/*.test.ts',
  'electron/core/{domain,mime}/**/*.test.ts',
  'renderer/{words,parts,ui}/**/*.test.{ts,tsx}',
];

const unit = {
  ...patient,
  environment: 'node',
  pool: 'forks',
  css: { modules: { classNameStrategy: 'non-scoped' } },
  // By default one processor is left idle: half of a machine of two.
  maxWorkers: '100%',
} as const;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  define,
  test: {
    projects: [
      {
        define,
        test: {
          ...unit,
          name: 'unit',
          include: unitTests,
          exclude: [...pureTests, tornetTests, '**/node_modules/**'],
        },
      },
      {
        define,
        test: {
          ...unit,
          name: 'unit-pure',
          include: pureTests,
          // One process for many files: to start one and to load its modules costs more than the tests.
          isolate: false,
        },
      },
      {
        define,
        test: {
          name: 'integration',
          environment: 'node',
          pool: 'forks',
          include: ['e2e/integration/**/*.test.ts', 'e2e/tornet/**/*.test.ts', tornetTests],
          globalSetup: ['e2e/tornet/global-setup.ts'],
          // All share one private Tor network, and mostly wait for it.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...patient,
        },
      },
      {
        define,
        test: {
          name: 'package',
          environment: 'node',
          pool: 'forks',
          // Needs the package (`npm run dist -- --test-network`) and a display: `npm run test:package` sees to both.
          include: ['e2e/package/**/*.test.ts'],
          globalSetup: ['e2e/tornet/global-setup.ts'],
          fileParallelism: false,
          ...patient,
        },
      },
    ],
  },
});
