/**
 * `npm run sample [-- --messages N] [--seed N] [--profile DIR] [--fresh]`: a window on the profile of a person who does
 * not exist, without Tor. It is kept and opened again by the next run with the same numbers.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { electronArguments } from './electron-runtime.mjs';
import { makeSampleProfile, samplePassphrase, workshopProfile } from './sample-profile.mjs';
import { setUp } from './set-up.mjs';
import { SetUpError, leashed, main, root, run, say } from './terminal.mjs';
import { endWithNpm } from './with-reaper.mjs';
import { hasDisplay } from './xvfb.mjs';

await main(async (args) => {
  const { messages, seed, profile, fresh } = readOptions(args);
  const env = await setUp('window');
  const directory = profile ?? workshopProfile(`sample-${messages}-${seed}`);
  await makeSampleProfile({ directory, messages, seed, fresh });
  say(`the sample is in ${directory}; its passphrase is «${samplePassphrase}»`);
  if (!hasDisplay()) {
    say('there is no display here, so no window can open: xvfb-run npm run sample opens it where nobody sees it');
    return 1;
  }
  endWithNpm();
  const program = leashed(env.POSTHORN_ELECTRON, [...electronArguments, root, '--profile', directory]);
  const { code } = await run(...program, { env: { ...env, POSTHORN_PASSPHRASE: samplePassphrase } });
  return code;
});

function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      messages: { type: 'string', default: '500' },
      seed: { type: 'string', default: '7' },
      profile: { type: 'string' },
      fresh: { type: 'boolean', default: false },
    },
  });
  const [messages, seed] = [Number(values.messages), Number(values.seed)];
  if (!Number.isInteger(messages) || messages < 1 || !Number.isInteger(seed))
    throw new SetUpError('--messages and --seed take whole numbers, such as --messages 100000');
  return {
    messages,
    seed,
    fresh: values.fresh,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
  };
}
