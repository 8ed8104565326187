import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Profile, VaultIdentity } from '../../ports/storage/vault';
import { createMailStore } from '../mail-store';
import { openProfile } from '../vault/profile';
import { bundleScript, type ChildScript } from '../testing/child-script';
import { BOB, CHEAP_KDF, recorder, temporaryDirectory, vaultIdentity } from '../testing/store-fixtures';

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const open = (): Profile =>
  openProfile({
    directory: directory.path,
    clock: { now: () => 0 },
    random: { bytes: (length) => new Uint8Array(length).fill(5) },
    events: recorder(),
    kdf: CHEAP_KDF,
  });
const scratch = ({ id }: VaultIdentity): string => join(directory.path, `${id}.db`);
const names = (): string[] =>
  readdirSync(directory.path)
    .filter((name) => !name.startsWith('profile.lock') && !name.endsWith('.db'))
    .sort();

/** An identity whose mail lies ready to be installed. */
function ready(change: Partial<VaultIdentity> = {}): VaultIdentity {
  const identity = vaultIdentity(change);
  createMailStore({
    path: scratch(identity),
    key: identity.databaseKey,
    identityId: identity.id,
    events: recorder(),
    mode: 'create',
  }).close();
  return identity;
}

describe('a profile made from a backup', () => {
  it('has what was put into it, and opens with its own passphrase', async () => {
    const identities = [ready(), ready({ address: BOB, mayBeElsewhere: true })];
    const profile = open();
    const vault = await profile.create('a passphrase', (empty) => {
      for (const identity of identities) empty.installIdentity({ identity, mailPath: scratch(identity) });
    });
    expect(vault.identities()).toEqual(identities);
    vault.openMail(identities[0]!).close();
    vault.lock();
    profile.close();
    expect(names()).toEqual(['identities', 'vault.json']);
    const again = open();
    expect(again.state()).toEqual({ state: 'locked' });
    const unlocked = await again.unlock('a passphrase');
    expect(
      unlocked.outcome === 'unlocked' &&
        unlocked.vault.identities().map(({ address, mayBeElsewhere }) => [address, mayBeElsewhere]),
    ).toEqual([
      [identities[0]!.address, false],
      [BOB, true],
    ]);
    again.close();
  });

  it.each([0, 1, 2])('that fails after %i identities is a new one, in this process and the next', async (good) => {
    const identities = [ready(), ready({ address: BOB })];
    const profile = open();
    const failing = profile.create('a passphrase', (empty) => {
      for (const identity of identities.slice(0, good))
        empty.installIdentity({ identity, mailPath: scratch(identity) });
      throw new Error('the disk went away');
    });
    await expect(failing).rejects.toThrow('the disk went away');
    expect(profile.state()).toEqual({ state: 'new' });
    expect(names()).toEqual([]);
    expect((await profile.create('another')).identities()).toEqual([]);
    profile.close();
  });

  it('refuses an address twice, and mail that is not there', async () => {
    const identity = ready();
    const profile = open();
    await expect(
      profile.create('a passphrase', (empty) => {
        empty.installIdentity({ identity, mailPath: join(directory.path, 'nothing') });
      }),
    ).rejects.toMatchObject({ code: 'internal' });
    const vault = await profile.create('a passphrase');
    vault.installIdentity({ identity, mailPath: scratch(identity) });
    const same = ready();
    expect(() => vault.installIdentity({ identity: same, mailPath: scratch(same) })).toThrow(
      expect.objectContaining({ code: 'invalid-call' }) as Error,
    );
    expect(existsSync(scratch(same))).toBe(true);
    profile.close();
  });
});

describe('a profile whose process was killed while it was made from a backup', () => {
  let script: ChildScript;
  beforeAll(() => {
    script = bundleScript('restore-and-die');
  });
  afterAll(() => script.remove());

  it.each([0, 1, 2, 3])('after %i steps is a new one', async (steps) => {
    const child = script.start(directory.path, String(steps));
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    expect(names()).toContain('restore.unfinished');
    const profile = open();
    expect(profile.state()).toEqual({ state: 'new' });
    expect(names()).toEqual([]);
    (await profile.create('a passphrase')).lock();
    profile.close();
  });
});
