/** `npm run headless -- --profile DIR`: the program without a window. Standard input carries the passphrase. */
import { join } from 'node:path';
import { setUp } from './set-up.mjs';
import { main, root, run } from './terminal.mjs';

await main(async (args) => {
  const env = await setUp('headless');
  const { code } = await run(process.execPath, [join(root, 'dist/headless/entry-headless.cjs'), ...args], {
    env,
    input: 'inherit',
  });
  return code;
});
