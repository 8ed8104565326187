/** `npm run demo [-- --auto]`: Alice and Bob, each with a window, on a private Tor network of this machine. */
import { join } from 'node:path';
import { setUp } from './set-up.mjs';
import { SetUpError, main, root, run, say } from './terminal.mjs';
import { hasDisplay, withDisplay } from './xvfb.mjs';

await main(async (args) => {
  if (!hasDisplay() && !args.includes('--auto')) {
    throw new SetUpError('there is no display to show the windows on. Without one, watch it play by itself: npm run demo -- --auto');
  }
  const env = await setUp('demo');
  if (!hasDisplay()) say('no display here: the windows open on one of their own (Xvfb)');
  return withDisplay(async (display) => {
    const programs = { ...env, DISPLAY: display.DISPLAY, XDG_SESSION_TYPE: display.XDG_SESSION_TYPE };
    const { code } = await run(process.execPath, [join(root, 'dist/e2e/demo.cjs'), ...args], { env: programs, input: 'inherit' });
    return code;
  });
});
