import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IdentityId } from '../../../../shared/ids';
import type { Profile, VaultUnlock } from '../../ports/vault';
import { openProfile } from './profile';
import { bundleScript } from '../testing/child-script';
import { CHEAP_KDF, NOW, recorder, temporaryDirectory, vaultIdentity } from '../testing/store-fixtures';

const PASSPHRASE = 'correct horse battery';
const profileDamaged = expect.objectContaining({ code: 'profile-damaged' }) as Error;

/** Another cost in a vault.json, as somebody would plant it: with a checksum that fits. */
function asksFor(text: string, memoryKib: number): string {
  const file = JSON.parse(text) as {
    kdf: { iterations: number; parallelism: number };
    salt: string;
    wrappedKey: { nonce: string; ciphertext: string };
  };
  const { iterations, parallelism } = file.kdf;
  const hash = createHash('sha256').update(
    JSON.stringify(['posthorn vault', 1, 'argon2id', memoryKib, iterations, parallelism, file.salt]),
  );
  for (const part of [file.wrappedKey.nonce, file.wrappedKey.ciphertext]) hash.update(part);
  return JSON.stringify({ ...file, kdf: { ...file.kdf, memoryKib }, checksum: hash.digest('hex') });
}

describe('a profile', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let path: string;
  let now: number;
  let opened: Profile[];
  beforeEach(() => {
    directory = temporaryDirectory();
    path = join(directory.path, 'profile');
    now = NOW;
    opened = [];
  });
  afterEach(() => {
    for (const profile of opened) profile.close();
    directory.remove();
  });

  const open = (): Profile => {
    const profile = openProfile({
      directory: path,
      clock: { now: () => now },
      random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
      events: recorder(),
      kdf: CHEAP_KDF,
    });
    opened.push(profile);
    return profile;
  };
  const reopen = (): Profile => {
    opened.at(-1)?.close();
    return open();
  };
  const create = async (): Promise<Profile> => {
    const profile = open();
    await profile.create(PASSPHRASE);
    return profile;
  };
  const wrong = async (profile: Profile, times: number): Promise<VaultUnlock> => {
    let outcome = await profile.unlock('wrong');
    for (let i = 1; i < times; i += 1) outcome = await profile.unlock('wrong');
    return outcome;
  };

  it('begins new, in a directory for its owner only', async () => {
    mkdirSync(path);
    chmodSync(path, 0o755);
    const profile = open();
    expect(profile.state()).toEqual({ state: 'new' });
    expect(statSync(path).mode & 0o777).toBe(0o700);
    const vault = await profile.create(PASSPHRASE);
    expect(vault.identities()).toEqual([]);
    expect(profile.state()).toEqual({ state: 'locked' });
    expect(readdirSync(path).sort()).toEqual([
      'profile.lock',
      'vault.db',
      'vault.db-shm',
      'vault.db-wal',
      'vault.json',
    ]);
    for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
    await expect(profile.create('another one')).rejects.toMatchObject({ code: 'profile-exists' });
  });

  it('opens with its passphrase and with no other', async () => {
    await create();
    const profile = reopen();
    await expect(profile.unlock('wrong')).resolves.toEqual({ outcome: 'wrong', retryAt: NOW });
    await expect(profile.unlock(PASSPHRASE)).resolves.toMatchObject({ outcome: 'unlocked' });
  });

  it('takes both Unicode forms of a passphrase for one', async () => {
    await open().create('caf\u00e9 au lait');
    await expect(reopen().unlock('cafe\u0301 au lait')).resolves.toMatchObject({ outcome: 'unlocked' });
  });

  it('has one vault at a time', async () => {
    const profile = await create();
    const first = await profile.unlock(PASSPHRASE);
    const second = await profile.unlock(PASSPHRASE);
    expect(first).toEqual(second);
    if (first.outcome !== 'unlocked' || second.outcome !== 'unlocked') throw new Error('locked');
    expect(first.vault).toBe(second.vault);
    first.vault.lock();
    expect(() => first.vault.identities()).toThrow(expect.objectContaining({ code: 'profile-locked' }) as Error);
    const third = await profile.unlock(PASSPHRASE);
    expect(third.outcome === 'unlocked' && third.vault.identities()).toEqual([]);
  });

  it('makes wrong passphrases wait, longer each time, over restarts', async () => {
    const profile = await create();
    await expect(wrong(profile, 3)).resolves.toEqual({ outcome: 'wrong', retryAt: NOW + 1_000 });
    const again = reopen();
    expect(again.state()).toEqual({ state: 'locked', retryAt: NOW + 1_000 });
    await expect(again.unlock(PASSPHRASE)).resolves.toEqual({ outcome: 'delayed', retryAt: NOW + 1_000 });
    now += 1_000;
    expect(again.state()).toEqual({ state: 'locked' });
    await expect(wrong(again, 1)).resolves.toEqual({ outcome: 'wrong', retryAt: now + 2_000 });
    now += 2_000;
    await expect(again.unlock(PASSPHRASE)).resolves.toMatchObject({ outcome: 'unlocked' });
    await expect(wrong(again, 2)).resolves.toEqual({ outcome: 'wrong', retryAt: now });
  });

  it('lets many tries at once not get around the wait', async () => {
    const profile = await create();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => profile.unlock('wrong')));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'wrong',
      'wrong',
      'wrong',
      ...Array.from({ length: 7 }, () => 'delayed'),
    ]);
  });

  it('gains and loses nothing by a clock that is set back', async () => {
    const profile = await create();
    await wrong(profile, 3);
    now -= 365 * 86_400_000;
    const again = reopen();
    expect(again.state()).toEqual({ state: 'locked', retryAt: now + 1_000 });
    await expect(again.unlock(PASSPHRASE)).resolves.toEqual({ outcome: 'delayed', retryAt: now + 1_000 });
    now += 999;
    await expect(again.unlock(PASSPHRASE)).resolves.toMatchObject({ outcome: 'delayed' });
    now += 1;
    await expect(again.unlock(PASSPHRASE)).resolves.toMatchObject({ outcome: 'unlocked' });
  });

  it('changes its passphrase, open or locked', async () => {
    const profile = await create();
    const before = readFileSync(join(path, 'vault.db'));
    await expect(profile.changePassphrase({ current: PASSPHRASE, next: 'battery staple' })).resolves.toMatchObject({
      outcome: 'unlocked',
    });
    expect(readFileSync(join(path, 'vault.db')).equals(before)).toBe(true);
    const again = reopen();
    await expect(again.unlock(PASSPHRASE)).resolves.toMatchObject({ outcome: 'wrong' });
    await expect(again.changePassphrase({ current: PASSPHRASE, next: 'x'.repeat(8) })).resolves.toMatchObject({
      outcome: 'wrong',
    });
    await expect(again.changePassphrase({ current: 'battery staple', next: PASSPHRASE })).resolves.toMatchObject({
      outcome: 'unlocked',
    });
    await expect(reopen().unlock(PASSPHRASE)).resolves.toMatchObject({ outcome: 'unlocked' });
  });

  it.each([
    ['cut', (text: string) => text.slice(0, 100)],
    ['empty', () => ''],
    ['not JSON', () => '\u0000\u0001'],
    ['of another version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['with another salt', (text: string) => text.replace(/"salt": "./, '"salt": "-')],
    [
      'with a changed salt',
      (text: string) =>
        text.replace(
          /("salt": ")(.)/,
          (_all, start: string, letter: string) => `${start}${letter === 'A' ? 'B' : 'A'}`,
        ),
    ],
    ['that asks for too much memory, whose checksum is right', (text: string) => asksFor(text, 1_048_577)],
    ['that asks for all memory', (text: string) => text.replace(/"memoryKib": \d+/, '"memoryKib": 1099511627776')],
  ])('refuses a vault.json %s, and overwrites nothing', async (_name, damage) => {
    (await create()).close();
    const file = join(path, 'vault.json');
    const text = damage(readFileSync(file, 'utf8'));
    writeFileSync(file, text);
    expect(() => open()).toThrow(profileDamaged);
    expect(readFileSync(file, 'utf8')).toBe(text);
    // The refusal holds nothing: the next try meets the same file, not a lock.
    expect(() => open()).toThrow(profileDamaged);
  });

  it('does not begin anew beside mail whose vault.json is lost', async () => {
    const profile = open();
    (await profile.create(PASSPHRASE)).addIdentity(vaultIdentity());
    profile.close();
    rmSync(join(path, 'vault.json'));
    expect(() => open()).toThrow(profileDamaged);
    expect(existsSync(join(path, 'vault.db'))).toBe(true);
  });

  it('begins anew where a crash came before vault.json', async () => {
    (await create()).close();
    rmSync(join(path, 'vault.json'));
    writeFileSync(join(path, 'vault.db-wal'), randomBytes(10_000));
    const profile = open();
    expect(profile.state()).toEqual({ state: 'new' });
    await profile.create('another one');
    await expect(reopen().unlock('another one')).resolves.toMatchObject({ outcome: 'unlocked' });
  });

  it.each(['missing', 'damaged'])('says that vault.db is %s and leaves the rest', async (state) => {
    (await create()).close();
    const file = join(path, 'vault.db');
    if (state === 'missing') rmSync(file);
    else writeFileSync(file, randomBytes(8_192));
    const before = existsSync(file) ? readFileSync(file) : undefined;
    await expect(open().unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'profile-damaged' });
    expect(existsSync(file) ? readFileSync(file) : undefined).toEqual(before);
  });

  it('is for one process, and free again when that is killed', async () => {
    const script = bundleScript('hold-profile');
    const child = script.start(path);
    try {
      expect(String(((await once(child.stdout, 'data')) as [Buffer])[0])).toBe('held\n');
      expect(() => open()).toThrow(expect.objectContaining({ code: 'profile-in-use' }) as Error);
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
      open();
      const second = script.start(path);
      expect(String(((await once(second.stdout, 'data')) as [Buffer])[0])).toBe('profile-in-use\n');
      const secondEnded = once(second, 'close');
      second.stdin.end();
      await secondEnded;
    } finally {
      child.kill('SIGKILL');
      script.remove();
    }
  });

  it('is for one opener in this process too, and free after closing', async () => {
    const profile = await create();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'profile-in-use' }) as Error);
    profile.close();
    profile.close();
    await expect(profile.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'profile-locked' });
    expect(open().state()).toEqual({ state: 'locked' });
  });

  it('stays locked when it is closed in the middle of unlocking', async () => {
    const profile = await create();
    const unlocking = profile.unlock(PASSPHRASE);
    await Promise.resolve();
    profile.close();
    await expect(unlocking).rejects.toMatchObject({ code: 'profile-locked' });
  });

  it('shows no address, label or key in any file', async () => {
    const profile = open();
    const vault = await profile.create(PASSPHRASE);
    const identity = vaultIdentity({ label: 'orchard-label' });
    const secrets = [identity.onionSeed, identity.keys.secretKey, identity.databaseKey].map((secret) =>
      Buffer.from(secret),
    );
    vault.addIdentity(identity);
    for (const name of ['vault.db', 'vault.db-wal', 'vault.json']) {
      const bytes = readFileSync(join(path, name));
      for (const secret of [...secrets, identity.address, identity.address.split('@')[1]!, 'orchard-label'])
        expect(bytes.includes(secret)).toBe(false);
    }
    expect(readdirSync(join(path, 'identities')).map((name) => IdentityId.safeParse(name).success)).toEqual([true]);
  });
});
