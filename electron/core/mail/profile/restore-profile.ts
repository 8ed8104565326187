import type { BackupOutcome } from '../../../../shared/backup';
import { PosthornError } from '../../../../shared/errors';
import { present } from '../../../../shared/present';
import type { Backups } from '../../ports/storage/backups';
import type { Profile, Vault, VaultIdentity } from '../../ports/storage/vault';
import type { Services } from '../mailbox';

type Restored = Parameters<Parameters<Backups['restore']>[0]['use']>[0];

/** Reads a backup, checks all of it, and hands its contents to `use`. */
export type Restoring = (use: (restored: Restored) => Promise<void>) => Promise<BackupOutcome>;

/**
 * Makes a new profile from all of a backup; when that fails the profile stays new. Resolves with the open vault, or
 * with the reason why the backup is refused. Throws `profile-exists` before it reads anything.
 */
export async function restoreProfile(
  services: Pick<Services, 'random'>,
  profile: Profile,
  o: { passphrase: string; restoring: Restoring },
): Promise<{ readonly outcome: BackupOutcome; readonly vault?: Vault }> {
  if (profile.state().state !== 'new') {
    throw new PosthornError(
      'profile-exists',
      'There is a profile here already. A backup is restored where there is none; nothing was changed.',
    );
  }
  let vault: Vault | undefined;
  const outcome = await o.restoring(async (restored) => {
    vault = await profile.create(o.passphrase, (empty) => {
      fill(services, empty, restored);
    });
  });
  return { outcome, ...present({ vault }) };
}

function fill(
  { random }: Pick<Services, 'random'>,
  vault: Vault,
  { identities, guests, settings, mailPath }: Restored,
): void {
  for (const identity of identities) {
    vault.installIdentity({ identity, mailPath: mailPath(identity) });
    const mail = vault.openMail(identity);
    mail.custody.asRecipient.loseCount();
    mail.close();
  }
  // Their programs have their mail; what comes from now on lies in a new database.
  for (const { onionSeed, ...guest } of guests) vault.guests.add(guest, { onionSeed, databaseKey: random.bytes(32) });
  // The programs that had passwords are those of the machine it came from.
  vault.setSettings({ ...settings, programs: { ...settings.programs, isOn: false } });
}

const PROOF = new TextEncoder().encode('proof');

/**
 * An expired or revoked key is in a backup as it was in the profile; nothing can be sealed with it any more, so it is
 * not tested.
 */
const PAST = ['key-revoked', 'key-expired'];

/**
 * Whether an identity's keys belong together: the onion certifies the public key, and what the secret key signs and
 * seals can be opened and verified again.
 */
export async function checkRestoredKeys(
  services: Pick<Services, 'pgp' | 'clock'>,
  identity: VaultIdentity,
): Promise<boolean> {
  const { pgp } = services;
  const { address, onionSeed, keys } = identity;
  const now = services.clock.now();
  try {
    const { publicKey } = await pgp.recertify({ keys, address, onionSeed, now });
    const key = await pgp.checkKeyBlock({ block: publicKey, address, now });
    if (key.outcome === 'refused') return PAST.includes(key.reason);
    if (key.fingerprint !== keys.fingerprint) return false;
    const sealed = await pgp.seal({ content: PROOF, secretKey: keys.secretKey, recipients: [publicKey], now });
    const opened = await pgp.decrypt({ sealed, secretKey: keys.secretKey });
    return (
      opened.outcome === 'decrypted' &&
      (await pgp.verify({ signedMessage: opened.signedMessage, publicKey, now })).outcome === 'valid'
    );
  } catch (error) {
    if (error instanceof PosthornError && (error.code === 'worker-died' || error.code === 'connection-closed'))
      throw error;
    return false;
  }
}
