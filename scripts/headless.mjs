/** `npm run headless -- --profile DIR`: the program without a window. Standard input carries the passphrase. */
import { join } from 'node:path';
import { setUp } from './set-up.mjs';
import { leashed, main, root, run } from './terminal.mjs';
import { endWithNpm } from './with-reaper.mjs';

await main(async (args) => {
  const env = await setUp('headless');
  endWithNpm();
  const program = leashed(process.execPath, [join(root, 'dist/headless/entry-headless.cjs'), ...args]);
  const { code } = await run(...program, { env, input: 'inherit' });
  return code;
});
