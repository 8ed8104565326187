import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectControl } from './control/control-client';
import { HeadlessProgram } from './headless-program';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'posthorn-headless-'));
  // No program is started, and the core is told of that at the moment at which one would be.
  vi.stubEnv('POSTHORN_TOR', 'none');
  vi.stubGlobal('__PRODUCTION__', false);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  rmSync(directory, { recursive: true, force: true });
});

test('a profile that is made later goes to the network by the bridges that were asked for, and not before', async () => {
  const program = new HeadlessProgram({
    profileDirectory: directory,
    pgpWorkerPath: resolve('dist/core/pgp-worker.cjs'),
    projectRoot: directory,
    json: true,
    keeper: undefined,
    bridges: 'obfs4',
  });
  try {
    await program.start('empty');
    const core = await connectControl(directory);
    const news: string[] = [];
    const torIsTold = new Promise<void>((done) => {
      core.onEvent((event) => {
        if (event.type === 'settings.changed') news.push(event.settings.builtInBridges);
        if (event.type === 'tor.changed') done();
      });
    });
    await core.call('profile.create', { passphrase: 'correct horse battery' });
    await torIsTold;
    expect(news).toEqual(['obfs4']);
    core.close();
  } finally {
    await program.stop();
  }
});
