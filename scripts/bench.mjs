/** `npm run bench`: prints each benchmark's ratio against something outside this project. */
import { join } from 'node:path';
import { setUp } from './set-up.mjs';
import { main, root, run } from './terminal.mjs';
import { withReaper } from './with-reaper.mjs';
import { withDisplay } from './xvfb.mjs';

await main(async (args) => {
  const env = await setUp('bench');
  return withReaper((mark) =>
    withDisplay(async (display) => {
      const programs = { ...env, ...mark, DISPLAY: display.DISPLAY };
      const { code } = await run(process.execPath, [join(root, 'dist/bench/bench.cjs'), ...args], { env: programs });
      return code;
    }),
  );
});
