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
  setupFiles: ['.config/patient-wait.ts', '.config/equal-octets.ts'],
};

/** Tests beside their source that need the private Tor network. */
const tornetTests = '**/*.tornet.test.ts';

const unitTests = [
  'scripts/**/*.test.mjs',
  '{shared,bench}/**/*.test.ts',
  'electron/**/*.test.ts',
  '{bench,fuzz}/**/*.test.ts',
];

/** Tests that measure their process: how long it computes, what it holds, how long its event loop stands still. */
const measuringTests = [
  'electron/core/domain/{card-text-cost,served/describe-message,trust/compute-validity,trust/name-limit}.test.ts',
  'electron/core/imap/{bad-input,grammar/name-pattern}.test.ts',
  'electron/core/mime/{cards/cards,files/read-file-text,html/clean-page,parse/hostile-mime,parse/parsing-cost}.test.ts',
  'electron/core/pgp/{certifications/split-keys,keys/check-key-block,worker/pgp-worker-rings}.test.ts',
  'electron/core/mail/incoming/hostile-letter.test.ts',
  'electron/core/smtp/queue-run.test.ts',
  'electron/core/store/{contents/stored-contents,conversations/join-conversations}.test.ts',
  'electron/core/store/keyring/ring-certifications.test.ts',
  'electron/core/store/{outbox/outbox-store,search/search-cost}.test.ts',
  'electron/core/testing/growth.test.ts',
  'electron/core/worker/worker-lane.test.ts',
];

/** The window's own. */
const windowTests = 'renderer/**/*.test.{ts,tsx}';

const unitSetup = [...patient.setupFiles, '.config/leave-nothing.ts'];

const unit = {
  ...patient,
  setupFiles: unitSetup,
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
          name: 'unit-measuring',
          include: measuringTests,
        },
      },
      {
        define,
        test: {
          ...unit,
          name: 'unit',
          include: unitTests,
          exclude: [...measuringTests, windowTests, tornetTests, '**/node_modules/**'],
          // One process for many files: to start one and to load its modules costs more than most tests. Our modules
          // have no state (CONTRIBUTING.md), and .config/leave-nothing.ts sees to the rest.
          isolate: false,
        },
      },
      {
        define,
        test: {
          ...unit,
          name: 'unit-window',
          include: [windowTests],
          setupFiles: [...unitSetup, '.config/fresh-modules.ts'],
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
