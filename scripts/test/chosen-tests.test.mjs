import { expect, it } from 'vitest';
import { chosenTests } from './chosen-tests.mjs';

it('takes a group, files and a share', () => {
  const spec = 'e2e/specs/scan.spec.ts';
  expect(chosenTests([])).toEqual({ paths: [] });
  expect(chosenTests(['--only', 'e2e', spec])).toEqual({ only: 'e2e', paths: [spec] });
  expect(chosenTests(['--shard', '2/3'])).toEqual({ paths: [], shard: { index: 2, count: 3 } });
});

it.each([
  [['--only', 'e3e'], /--only takes one of/u],
  [['--only'], /--only takes one of/u],
  [['--shard', '0/3'], /--shard takes i\/n/u],
  [['--shard', '4/3'], /--shard takes i\/n/u],
  [['--sherd', '1/3'], /there is no --sherd/u],
  [['--only', 'unit', 'no/such.test.ts'], /there is no file/u],
  [['--only', 'unit', 'e2e/specs/scan.spec.ts'], /--only e2e e2e\/specs\/scan.spec.ts/u],
  [['e2e/integration/bridges.test.ts'], /--only integration/u],
  [['--only', 'unit', 'README.md'], /is no test/u],
])('%j is answered in one line', (args, answer) => {
  expect(() => chosenTests(args)).toThrow(answer);
});
