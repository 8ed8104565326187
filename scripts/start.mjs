/** `npm start [-- ARGUMENTS]`: builds what changed and opens the program's window. */
import { electronArguments } from './electron-runtime.mjs';
import { setUp } from './set-up.mjs';
import { leashed, main, root, run, say } from './terminal.mjs';
import { endWithNpm } from './with-reaper.mjs';
import { hasDisplay } from './xvfb.mjs';

await main(async (args) => {
  if (!hasDisplay()) {
    say('there is no display here, so no window can open. What works without one:');
    say(
      '  npm run demo -- --auto                  two windows exchange mail on a display of their own, with screenshots',
    );
    say('  npm run headless -- --profile DIR       the same program without a window');
    say('  xvfb-run npm start                      the window on a display that nobody sees');
    return 1;
  }
  const env = await setUp('run');
  endWithNpm();
  const { code } = await run(...leashed(env.POSTHORN_ELECTRON, [...electronArguments, root, ...args]), { env });
  return code;
});
