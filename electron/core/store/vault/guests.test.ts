import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fingerprint, MailAddress, MailboxId } from '../../../../shared/ids';
import type { GuestKey, GuestSecrets, KeptGuest } from '../../ports/storage/guests';
import type { Profile, Vault } from '../../ports/storage/vault';
import { CHEAP_KDF, NOW, newIdentityId, recorder, temporaryDirectory, vaultIdentity } from '../testing/store-fixtures';
import { openProfile } from './profile';

const passphrase = 'correct horse';
const alice = vaultIdentity();
const windows = recorder();
let directory: ReturnType<typeof temporaryDirectory>;
let profile: Profile;
let vault: Vault;

const octets = (length = 32): Uint8Array => new Uint8Array(randomBytes(length));
const secrets = (): GuestSecrets => ({ onionSeed: octets(), databaseKey: octets() });
const key: GuestKey = {
  publicKey: octets(700),
  fingerprint: Fingerprint.parse('AB'.repeat(20)),
  certifiedAt: NOW,
  renewAfterMs: 1_000_000,
};

const open = (): Profile =>
  openProfile({
    directory: directory.path,
    clock: { now: () => NOW },
    random: { bytes: octets },
    events: windows,
    kdf: CHEAP_KDF,
  });

async function restart(): Promise<void> {
  profile.close();
  profile = open();
  const unlocked = await profile.unlock(passphrase);
  if (unlocked.outcome !== 'unlocked') throw new Error(unlocked.outcome);
  ({ vault } = unlocked);
}

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

function guest(letter: string, change: Partial<KeptGuest> = {}): KeptGuest {
  return {
    id: newIdentityId(),
    address: MailAddress.parse(`gina@${letter.repeat(56)}.onion`),
    name: 'Gina',
    createdAt: NOW,
    agreement: { quota: 50_000_000 },
    hash: 'scrypt$…',
    ...change,
  };
}

const folderOf = ({ id }: KeptGuest): string => join(directory.path, 'identities', id);

describe('guests in the vault', () => {
  it('are there again after a restart, in the order in which they were added, and are no identities', async () => {
    const [first, second] = [guest('g'), guest('h', { agreement: { quota: 1, endsAt: NOW + 1 }, key })];
    const [firstSecrets, secondSecrets] = [secrets(), secrets()];
    vault.guests.add(first, firstSecrets);
    vault.guests.add(second, secondSecrets);
    await restart();
    expect(vault.guests.list()).toEqual([first, second]);
    expect(vault.guests.onionSeed(first.id)).toEqual(firstSecrets.onionSeed);
    expect(vault.guests.onionSeed(second.id)).toEqual(secondSecrets.onionSeed);
    expect(vault.guests.onionSeed(alice.id)).toBeUndefined();
    expect(vault.identities().map(({ id }) => id)).toEqual([alice.id]);
  });

  it('change in what may change, one without the others', () => {
    const [gina, hans] = [guest('g'), guest('h')];
    vault.guests.add(gina, secrets());
    vault.guests.add(hans, secrets());
    expect(vault.guests.update(gina.id, { key })).toBe(true);
    expect(vault.guests.update(gina.id, { agreement: { quota: 7, endsAt: NOW + 9 }, lastUsedAt: NOW })).toBe(true);
    expect(vault.guests.update(gina.id, { name: 'G.', hash: 'other' })).toBe(true);
    const changed = { name: 'G.', hash: 'other', agreement: { quota: 7, endsAt: NOW + 9 }, lastUsedAt: NOW, key };
    expect(vault.guests.list()).toEqual([{ ...gina, ...changed }, hans]);
    vault.guests.update(gina.id, { agreement: { quota: 7 } });
    expect(vault.guests.list()[0]?.agreement).toEqual({ quota: 7 });
    expect(vault.guests.update(newIdentityId(), { name: 'nobody' })).toBe(false);
  });

  it('have mail of their own, of which no window hears', async () => {
    const gina = guest('g');
    vault.guests.add(gina, secrets());
    const heard = recorder();
    windows.clear();
    const mail = vault.guests.openMail(gina.id, heard);
    const made = mail.mailboxes.make({ id: MailboxId.parse(randomUUID()), name: 'Kept' });
    mail.close();
    expect(heard.seen.length).toBeGreaterThan(0);
    expect(windows.seen).toEqual([]);
    await restart();
    const again = vault.guests.openMail(gina.id, heard);
    expect(again.mailboxes.all().map(({ id }) => id)).toContain(made.id);
    again.close();
  });

  it('leave neither secrets nor mail behind when they are removed', () => {
    const [gina, hans] = [guest('g'), guest('h')];
    const kept = secrets();
    vault.guests.add(gina, kept);
    vault.guests.add(hans, secrets());
    expect(vault.guests.remove(gina.id)).toBe(true);
    expect(vault.guests.remove(gina.id)).toBe(false);
    expect(vault.guests.list()).toEqual([hans]);
    expect(vault.guests.onionSeed(gina.id)).toBeUndefined();
    expect([gina, hans].map((each) => existsSync(folderOf(each)))).toEqual([false, true]);
    expect(() => vault.guests.openMail(gina.id, recorder())).toThrow(
      expect.objectContaining({ code: 'identity-unknown' }),
    );
    // The file is encrypted: this shows that nothing was written beside it.
    for (const name of readdirSync(directory.path).filter((each) => each.startsWith('vault')))
      expect(readFileSync(join(directory.path, name)).includes(Buffer.from(kept.onionSeed))).toBe(false);
  });

  it('have an address that nobody else has here, and secrets of 32 octets: another one adds nothing', () => {
    vault.guests.add(guest('g'), secrets());
    for (const [twin, held] of [
      [guest('g'), secrets()],
      [guest('h', { address: alice.address }), secrets()],
      [guest('h', { id: alice.id }), secrets()],
      [guest('h'), { ...secrets(), onionSeed: octets(31) }],
    ] as const) {
      expect(() => {
        vault.guests.add(twin, held);
      }).toThrow();
    }
    expect(vault.guests.list()).toHaveLength(1);
    // The mail of the identity whose id was tried is what it was.
    const mail = vault.openMail(alice);
    expect(mail.mailboxes.all().length).toBeGreaterThan(0);
    mail.close();
  });

  it('cannot be read when the profile is locked', () => {
    const gina = guest('g');
    vault.guests.add(gina, secrets());
    vault.lock();
    const locked = expect.objectContaining({ code: 'profile-locked' }) as Error;
    for (const call of [
      () => vault.guests.list(),
      () => vault.guests.onionSeed(gina.id),
      () => vault.guests.openMail(gina.id, recorder()),
      () => vault.guests.remove(gina.id),
    ])
      expect(call).toThrow(locked);
  });
});
