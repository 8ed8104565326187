/**
 * `npm run dev [-- --tor] [--profile DIR] [--fresh]`: the program on a made-up profile of its own, built and started
 * anew as files are saved: the window is loaded again, or the core or the whole program is restarted, whichever has
 * changed. Without `--tor` no tor is started. dist/ is written: do not run the tests meanwhile.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyPage, developerBundles, forgetBuild } from './build.mjs';
import { incrementalBuild } from './incremental-build.mjs';
import { RunningProgram } from './running-program.mjs';
import { makeSampleProfile, samplePassphrase, workshopProfile } from './sample-profile.mjs';
import { setUp } from './set-up.mjs';
import { SetUpError, elapsed, main, root, say } from './terminal.mjs';
import { watchFolders } from './watch-folders.mjs';
import { hasDisplay } from './xvfb.mjs';

const folders = ['shared', 'electron', 'renderer'];

await main(async (args) => {
  if (!hasDisplay()) throw new SetUpError('there is no display here; xvfb-run npm run dev has one that nobody sees.');
  const { tor, profile, fresh } = readOptions(args);
  const env = await setUp(tor ? 'run' : 'window', { build: false });
  const sources = await firstBuild();
  const directory = profile ?? workshopProfile('dev');
  await makeSampleProfile({ directory, messages: 500, seed: 7, fresh });
  const program = new RunningProgram({
    electron: env.POSTHORN_ELECTRON,
    profile: directory,
    env: { ...env, POSTHORN_PASSPHRASE: samplePassphrase },
  });
  await program.start();
  const watching = watchFolders({ root, folders, onChange: inTurn((files) => follow({ files, sources, program })) });
  // Said afterwards: whoever reads it saves a file at once.
  say('watching shared/, electron/ and renderer/; Ctrl-C ends it');
  const code = await program.ended;
  watching.close();
  await sources.close();
  return code;
});

function readOptions(args) {
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({ args, options: { tor: flag, fresh: flag, profile: { type: 'string' } } });
  return { ...values, profile: values.profile === undefined ? undefined : resolve(values.profile) };
}

async function firstBuild() {
  const started = Date.now();
  forgetBuild();
  const sources = await incrementalBuild(developerBundles());
  const { problems } = await sources.build();
  copyPage();
  if (problems.length > 0) {
    await sources.close();
    throw new SetUpError(`the sources do not build:\n\n${problems.join('\n')}`);
  }
  say(`built in ${elapsed(started)}`);
  return sources;
}

/** What changes while a change is being followed is followed next, all at once. */
function inTurn(action) {
  const waiting = new Set();
  let isBusy = false;
  return async (files) => {
    for (const file of files) waiting.add(file);
    if (isBusy) return;
    isBusy = true;
    while (waiting.size > 0) {
      const next = [...waiting];
      waiting.clear();
      await action(next);
    }
    isBusy = false;
  };
}

/** Only what came out different is started anew: a comment changes nothing. */
async function follow({ files, sources, program }) {
  const started = Date.now();
  const { changed, problems } = await sources.build(files);
  if (files.some((file) => file === 'renderer/index.html')) {
    copyPage();
    changed.push('renderer');
  }
  if (problems.length > 0) showProblems(problems);
  const has = (part) => changed.includes(part);
  if (has('main')) {
    await program.restart();
    return say(`program restarted in ${elapsed(started)}`);
  }
  if (has('core') && (await program.order('restart-core', 'core-ready'))) say(`core restarted in ${elapsed(started)}`);
  if (has('renderer') && (await program.order('reload-page', 'page-ready')))
    say(`window reloaded in ${elapsed(started)}`);
}

function showProblems(problems) {
  const line = '─'.repeat(80);
  process.stderr.write(
    `\n${line}\n${problems.join('\n')}\nThe program goes on as it was before this change.\n${line}\n`,
  );
}
