import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../shared/settings';
import { systemClock } from './runtime/system-clock';
import { assembleCore, type AssembledCore } from './start-core';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Written here once more, so that a cheaper one cannot come in unseen: RFC 9106, section 4, second choice. */
const ARGON2ID = { name: 'argon2id', memoryKib: 65_536, iterations: 3, parallelism: 1 };
/** Base-2 logarithm of scrypt's cost, as age takes it. */
const SCRYPT = '18';

/** Every other test replaces the costs. What a passphrase costs is read from what was written, not from the clock. */
describe('a core without replacements', () => {
  let directory: string;
  let core: AssembledCore;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'posthorn-start-core-'));
    core = assembleCore(
      { profileDirectory: directory, pgpWorkerPath: resolve('dist/core/pgp-worker.cjs'), log, clock: systemClock() },
      {},
    );
  });
  afterEach(async () => {
    await core.session.close();
    await Promise.all([core.services.onion.close(), core.services.pgp.close()]);
    await rm(directory, { recursive: true, force: true });
  });

  const kdf = async (): Promise<unknown> =>
    (JSON.parse(await readFile(join(directory, 'vault.json'), 'utf8')) as { kdf: unknown }).kdf;

  it('locks a profile at full cost, also under a later passphrase', async () => {
    await core.session.create('first');
    expect(await kdf()).toEqual(ARGON2ID);
    await core.session.changePassphrase({ current: 'first', next: 'second' });
    expect(await kdf()).toEqual(ARGON2ID);
  });

  it('locks a backup at full cost', async () => {
    const { path } = await core.services.backups.create({
      source: {
        identities: [],
        guests: [],
        settings: defaultSettings,
        copyMail: () => Promise.reject(new Error('no mail')),
      },
      passphrase: 'first',
      withMail: false,
      progressed: () => undefined,
    });
    const file = await open(path);
    const { buffer } = await file.read({ buffer: Buffer.alloc(256), position: 0 });
    await file.close();
    expect(/^age-encryption\.org\/v1\n-> scrypt \S+ (\d+)\n/u.exec(buffer.toString('latin1'))?.[1]).toBe(SCRYPT);
  });
});
