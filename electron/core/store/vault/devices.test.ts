import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProgramId } from '../../../../shared/ids';
import type { KeptDevice, Profile, Vault } from '../../ports/storage/vault';
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
  vault.addIdentity(alice);
});
afterEach(() => {
  profile.close();
  directory.remove();
});

const alice = vaultIdentity();
const bob = { ...vaultIdentity(), address: BOB };
const newSeed = (): Uint8Array => new Uint8Array(randomBytes(32));

function device(change: Partial<KeptDevice> = {}): KeptDevice {
  return {
    id: ProgramId.parse(randomUUID()),
    name: 'Phone',
    kind: 'phone',
    form: 'unsealed',
    identityIds: [alice.id],
    createdAt: NOW,
    hash: 'scrypt$…',
    clientKey: 'a'.repeat(52),
    ...change,
  };
}

describe('devices in the vault', () => {
  it('are there again after a restart, in the order in which they were added, with their seeds', async () => {
    const [first, second] = [
      device({ identityIds: [alice.id, alice.id] }),
      device({ kind: 'computer', form: 'sealed' }),
    ];
    const [firstSeed, secondSeed] = [newSeed(), newSeed()];
    vault.devices.add(first, firstSeed);
    vault.devices.add(second, secondSeed);
    vault.devices.used({ id: first.id, at: NOW + 60_000 });
    profile.close();
    profile = open();
    const unlocked = await profile.unlock(passphrase);
    if (unlocked.outcome !== 'unlocked') throw new Error(unlocked.outcome);
    const { devices } = unlocked.vault;
    expect(devices.list()).toEqual([{ ...first, identityIds: [alice.id], lastUsedAt: NOW + 60_000 }, second]);
    expect(devices.onionSeed(first.id)).toEqual(firstSeed);
    expect(devices.remove(first.id)).toBe(true);
    expect(devices.remove(first.id)).toBe(false);
    expect(devices.onionSeed(first.id)).toBeUndefined();
    expect(devices.onionSeed(second.id)).toEqual(secondSeed);
    expect(devices.list()).toEqual([second]);
  });

  it('lose an identity that is removed, and keep the others', () => {
    vault.addIdentity(bob);
    vault.devices.add(device({ identityIds: [bob.id, alice.id] }), newSeed());
    vault.devices.add(device({ identityIds: [alice.id] }), newSeed());
    vault.removeIdentity(alice.id);
    expect(vault.devices.list().map(({ identityIds }) => identityIds)).toEqual([[bob.id], []]);
  });

  it('are for identities of the profile alone, with a seed of 32 octets: another one adds nothing', () => {
    expect(() => {
      vault.devices.add(device({ identityIds: [alice.id, bob.id] }), newSeed());
    }).toThrow();
    expect(() => {
      vault.devices.add(device(), new Uint8Array(31));
    }).toThrow();
    expect(vault.devices.list()).toEqual([]);
  });

  it('cannot be read when the profile is locked', () => {
    vault.devices.add(device(), newSeed());
    const [{ id } = device()] = vault.devices.list();
    vault.lock();
    const locked = expect.objectContaining({ code: 'profile-locked' }) as Error;
    expect(() => vault.devices.list()).toThrow(locked);
    expect(() => vault.devices.onionSeed(id)).toThrow(locked);
  });
});
