import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProgramId } from '../../../../shared/ids';
import type { KeptProgram, Profile, Vault } from '../../ports/storage/vault';
import { BOB, CHEAP_KDF, NOW, recorder, temporaryDirectory, vaultIdentity } from '../testing/store-fixtures';
import { openProfile } from './profile';

const passphrase = 'correct horse';
let directory: ReturnType<typeof temporaryDirectory>;
let profile: Profile;
let vault: Vault;

const open = (): Profile =>
  openProfile({
    directory: directory.path,
    clock: { now: () => NOW },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    events: recorder(),
    kdf: CHEAP_KDF,
  });

beforeEach(async () => {
  directory = temporaryDirectory();
  profile = open();
  vault = await profile.create(passphrase);
});
afterEach(() => {
  profile.close();
  directory.remove();
});

const alice = vaultIdentity();
const bob = { ...vaultIdentity(), address: BOB };

function program(change: Partial<KeptProgram> = {}): KeptProgram {
  return {
    id: ProgramId.parse(randomUUID()),
    name: 'Thunderbird',
    kind: 'thunderbird',
    form: 'unsealed',
    identityIds: [alice.id],
    createdAt: NOW,
    hash: 'scrypt$…',
    ...change,
  };
}

describe('app passwords in the vault', () => {
  it('are there again after a restart, in the order in which they were added', async () => {
    vault.addIdentity(alice);
    const first = program({ identityIds: [alice.id, alice.id] });
    const second = program({ name: 'mutt “at home”', kind: 'mutt', form: 'sealed', identityIds: [] });
    vault.appPasswords.add(first);
    vault.appPasswords.add(second);
    vault.appPasswords.used({ id: first.id, at: NOW + 60_000 });
    profile.close();
    profile = open();
    const unlocked = await profile.unlock(passphrase);
    expect(unlocked.outcome).toBe('unlocked');
    if (unlocked.outcome !== 'unlocked') return;
    const kept = [{ ...first, identityIds: [alice.id], lastUsedAt: NOW + 60_000 }, second];
    expect(unlocked.vault.appPasswords.list()).toEqual(kept);
    expect(unlocked.vault.appPasswords.remove(second.id)).toBe(true);
    expect(unlocked.vault.appPasswords.remove(second.id)).toBe(false);
    expect(unlocked.vault.appPasswords.list()).toEqual(kept.slice(0, 1));
  });

  it('lose an identity that is removed, and keep the others', () => {
    vault.addIdentity(alice);
    vault.addIdentity(bob);
    vault.appPasswords.add(program({ identityIds: [bob.id, alice.id] }));
    vault.appPasswords.add(program({ name: 'Only Alice', identityIds: [alice.id] }));
    expect(vault.appPasswords.list().map(({ identityIds }) => identityIds)).toEqual([[alice.id, bob.id], [alice.id]]);
    vault.removeIdentity(alice.id);
    expect(vault.appPasswords.list().map(({ identityIds }) => identityIds)).toEqual([[bob.id], []]);
  });

  it('are for identities of the profile alone: another one adds nothing', () => {
    vault.addIdentity(alice);
    expect(() => {
      vault.appPasswords.add(program({ identityIds: [alice.id, bob.id] }));
    }).toThrow();
    expect(vault.appPasswords.list()).toEqual([]);
  });

  it('cannot be read when the profile is locked', () => {
    vault.lock();
    expect(() => vault.appPasswords.list()).toThrow(expect.objectContaining({ code: 'profile-locked' }) as Error);
  });
});
