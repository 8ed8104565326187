import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const define = { __PRODUCTION__: 'false', __TEST_NETWORK__: 'false' };

/** Tests beside their source that need the private Tor network. */
const tornetTests = '**/*.tornet.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  define,
  test: {
    projects: [
      {
        define,
        test: {
          name: 'unit',
          environment: 'node',
          pool: 'forks',
          include: ['{shared,electron,bench}/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
          exclude: [tornetTests, '**/node_modules/**'],
          css: { modules: { classNameStrategy: 'non-scoped' } },
          // By default one processor is left idle: half of a machine of two.
          maxWorkers: '100%',
          // Key derivation and key generation are meant to be slow; two busy cores, with other tests beside, make them
          // slower.
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
          testTimeout: 180_000,
          hookTimeout: 180_000,
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
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
