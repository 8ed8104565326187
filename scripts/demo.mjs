/** `npm run demo [-- --auto]`: Alice and Bob, each with a window, on a private Tor network of this machine. */
import { join } from 'node:path';
import { setUp } from './set-up.mjs';
import { main, root, run, say } from './terminal.mjs';
import { withReaper } from './with-reaper.mjs';
import { hasDisplay, withDisplay } from './xvfb.mjs';

await main(async (args) => {
  const env = await setUp('demo');
  if (!hasDisplay())
    say('no display here: the windows open on one of their own (Xvfb), and the exchange plays by itself');
  // Windows that nobody sees would wait for ever for somebody to write.
  const mode = hasDisplay() || args.includes('--auto') ? args : [...args, '--auto'];
  return withReaper((mark) =>
    withDisplay(async (display) => {
      const programs = {
        ...env,
        ...mark,
        DISPLAY: display.DISPLAY,
        WAYLAND_DISPLAY: display.WAYLAND_DISPLAY,
        XDG_SESSION_TYPE: display.XDG_SESSION_TYPE,
      };
      const demo = join(root, 'dist/e2e/demo.cjs');
      const { code } = await run(process.execPath, [demo, ...mode], { env: programs, input: 'inherit' });
      return code;
    }),
  );
});
