import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { defaultSettings } from '../../../../shared/settings';
import type { RetiredSecret } from '../../ports/keys';
import type { Profile, Vault } from '../../ports/storage/vault';
import { createMailStore } from '../mail-store';
import { openProfile } from './profile';
import {
  countsOf,
  BOB,
  CHEAP_KDF,
  fingerprintOf,
  newIdentityId,
  NOW,
  received,
  recorder,
  temporaryDirectory,
  vaultIdentity,
} from '../testing/store-fixtures';
import type { Recorder } from '../testing/store-fixtures';

const unknown = expect.objectContaining({ code: 'identity-unknown' }) as Error;
const storeDamaged = expect.objectContaining({ code: 'store-damaged' }) as Error;

describe('the vault', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let events: Recorder;
  let profile: Profile;
  let vault: Vault;
  const open = (): Profile =>
    openProfile({
      directory: directory.path,
      clock: { now: () => NOW },
      random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
      events,
      kdf: CHEAP_KDF,
    });
  beforeEach(async () => {
    directory = temporaryDirectory();
    events = recorder();
    profile = open();
    vault = await profile.create('correct horse');
  });
  afterEach(() => {
    profile.close();
    directory.remove();
  });

  const restart = async (): Promise<void> => {
    profile.close();
    profile = open();
    const unlocked = await profile.unlock('correct horse');
    if (unlocked.outcome !== 'unlocked') throw new Error('locked');
    vault = unlocked.vault;
  };
  const mailPath = (id: string): string => join(directory.path, 'identities', id, 'mail.db');
  const retired = (octet: number, change: Partial<RetiredSecret> = {}): RetiredSecret => ({
    fingerprint: fingerprintOf(octet),
    kind: 'subkey',
    retiredAt: NOW + octet,
    secretKey: new Uint8Array(200).fill(octet),
    ...change,
  });
  const copyOf = <T extends object>(value: T): T => structuredClone(value);

  it('keeps identities whole and in order', async () => {
    const first = vaultIdentity();
    const second = vaultIdentity({ address: BOB, paused: true, colour: 'red' });
    const expected = copyOf([first, second]);
    vault.addIdentity(first);
    vault.addIdentity(second);
    expect(vault.identities()).toEqual(expected);
    await restart();
    expect(vault.identities()).toEqual(expected);
    expect(statSync(join(directory.path, 'identities', first.id)).mode & 0o777).toBe(0o700);
    expect(statSync(mailPath(first.id)).mode & 0o777).toBe(0o600);
  });

  it('changes an identity', async () => {
    const identity = vaultIdentity();
    vault.addIdentity(identity);
    const keys = { ...identity.keys, publicKey: new Uint8Array([1, 2, 3]) };
    const expected = copyOf({ ...identity, label: 'Work', paused: true, keys, certifiedAt: NOW + 5 });
    vault.updateIdentity(identity.id, { label: 'Work', paused: true });
    vault.updateIdentity(identity.id, { keys, certifiedAt: NOW + 5 });
    expect(vault.identities()).toEqual([expected]);
    await restart();
    expect(vault.identities()).toEqual([expected]);
    expect(() => vault.updateIdentity(newIdentityId(), { label: 'x' })).toThrow(unknown);
  });

  it('keeps the life of a key, and what was retired newest first', async () => {
    const identity = vaultIdentity({
      retired: [retired(3, { kind: 'key', publicKey: new Uint8Array([9]) }), retired(1)],
    });
    vault.addIdentity(identity);
    const change = {
      keyPolicy: { rotateEveryDays: 30, keepOldDays: 90 },
      subkeyMadeAt: NOW + 7,
      revoked: true,
      showsVouchers: true,
      mayBeElsewhere: true,
    };
    const expected = copyOf({ ...identity, ...change, retired: [retired(7), ...identity.retired] });
    await restart();
    expect(vault.identities()[0]).toMatchObject({
      retired: expected.retired.slice(1),
      revoked: false,
      showsVouchers: false,
      mayBeElsewhere: false,
    });
    vault.updateIdentity(identity.id, { ...change, retired: [retired(7), ...vault.identities()[0]!.retired] });
    expect(vault.identities()).toEqual([expected]);
    vault.updateIdentity(identity.id, { label: 'Home' });
    await restart();
    expect(vault.identities()).toEqual([expected]);
  });

  it('forgets keys when it is locked', () => {
    const identity = vaultIdentity({ retired: [retired(1)] });
    const before = identity.keys.secretKey;
    vault.addIdentity(identity);
    vault.updateIdentity(identity.id, { keys: { ...identity.keys, secretKey: new Uint8Array([1, 2]) } });
    expect(before.every((octet) => octet === 0)).toBe(false);
    vault.lock();
    vault.lock();
    for (const secret of [identity.onionSeed, before, identity.retired[0]!.secretKey, identity.databaseKey])
      expect(secret.every((octet) => octet === 0)).toBe(true);
    for (const call of [() => vault.identities(), () => vault.settings(), () => vault.openMail(identity)]) {
      expect(call).toThrow(expect.objectContaining({ code: 'profile-locked' }) as Error);
    }
  });

  it('gives each identity mail of its own', async () => {
    const [one, two] = [vaultIdentity(), vaultIdentity({ address: BOB })];
    vault.addIdentity(one);
    vault.addIdentity(two);
    const mail = vault.openMail(one);
    await mail.messages.receive(received());
    expect(events.seen[0]).toMatchObject({ type: 'message.stored', message: { identityId: one.id } });
    mail.close();
    const other = vault.openMail(two);
    expect(countsOf(other).inbox).toBe(0);
    other.close();
    expect(() => vault.openMail({ ...two, id: one.id })).toThrow(storeDamaged);
    await restart();
    const again = vault.openMail(vault.identities()[0]!);
    expect(countsOf(again).inbox).toBe(1);
    again.close();
  });

  it.each(['missing', 'cut', 'foreign'])(
    'says that the mail file is %s, leaves it, and opens the other identity',
    (state) => {
      const [one, two] = [vaultIdentity(), vaultIdentity({ address: BOB })];
      vault.addIdentity(one);
      vault.addIdentity(two);
      if (state === 'missing') rmSync(mailPath(one.id));
      if (state === 'cut') truncateSync(mailPath(one.id), 4_000);
      if (state === 'foreign') writeFileSync(mailPath(one.id), randomBytes(100_000));
      expect(() => vault.openMail(one)).toThrow(storeDamaged);
      expect(existsSync(mailPath(one.id))).toBe(state !== 'missing');
      vault.openMail(two).close();
    },
  );

  it('removes an identity, keys first', async () => {
    const [one, two] = [vaultIdentity(), vaultIdentity({ address: BOB })];
    vault.addIdentity(one);
    vault.addIdentity(two);
    vault.removeIdentity(one.id);
    expect(one.databaseKey.every((octet) => octet === 0)).toBe(true);
    expect(vault.identities()).toMatchObject([{ id: two.id }]);
    expect(readdirSync(join(directory.path, 'identities'))).toEqual([two.id]);
    expect(() => vault.removeIdentity(one.id)).toThrow(unknown);
    await restart();
    expect(vault.identities()).toMatchObject([{ id: two.id }]);
    vault.openMail(vault.identities()[0]!).close();
  });

  it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
    'finishes a removal whose files could not go at once',
    async () => {
      const one = vaultIdentity();
      vault.addIdentity(one);
      // A mount point cannot be removed, not even by root: what an open file is on Windows.
      const held = join(directory.path, 'identities', one.id, 'held');
      mkdirSync(held);
      execFileSync('/bin/mount', ['-t', 'tmpfs', 'tmpfs', held]);
      try {
        vault.removeIdentity(one.id);
        expect(vault.identities()).toEqual([]);
        expect(existsSync(held)).toBe(true);
      } finally {
        execFileSync('/bin/umount', [held]);
      }
      await restart();
      expect(readdirSync(join(directory.path, 'identities'))).toEqual([]);
    },
  );

  it('can take an address again after removal', () => {
    const one = vaultIdentity();
    vault.addIdentity(one);
    vault.removeIdentity(one.id);
    vault.addIdentity(vaultIdentity());
    expect(vault.identities()).toHaveLength(1);
    expect(() => vault.addIdentity(vaultIdentity())).toThrow();
    expect(vault.identities()).toHaveLength(1);
  });

  it('keeps settings', async () => {
    expect(vault.settings()).toEqual(defaultSettings);
    const settings = { ...defaultSettings, theme: 'dark' as const, bridges: ['Bridge 192.0.2.1:443'] };
    vault.setSettings(settings);
    await restart();
    expect(vault.settings()).toEqual(settings);
  });

  it('ends with a mail file that only its own key opens', () => {
    const identity = vaultIdentity({ address: MailAddress.parse(`x@${'d'.repeat(56)}.onion`) });
    vault.addIdentity(identity);
    const at = { path: mailPath(identity.id), identityId: identity.id, events };
    expect(() => createMailStore({ ...at, key: new Uint8Array(32) })).toThrow(storeDamaged);
    createMailStore({ ...at, key: identity.databaseKey }).close();
  });
});
