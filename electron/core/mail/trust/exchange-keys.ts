import { PosthornError } from '../../../../shared/errors';
import type { ContactId, Fingerprint } from '../../../../shared/ids';
import type { KeyImport } from '../../../../shared/key-life';
import { MAX_IMPORT_BYTES } from '../../domain/key-limits';
import type { PublicKeyBlock } from '../../ports/keys';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { RingCertification } from '../../ports/storage/keyring-records';
import { learnKeys } from './learn-keys';
import { publishedKey } from './published-key';
import type { Mailbox, Services } from '../mailbox';
import { requireContact } from '../contacts/require-contact';

/** GnuPG's number for «ultimate» in the lines of `--import-ownertrust`. */
const ULTIMATE = 6;

/** Takes a file of certified keys in. Throws `key-refused` when there is no key in it, `too-large` past 64 MB. */
export async function importKeys(
  services: Pick<Services, 'clock' | 'pgp' | 'log' | 'onionKeys'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  content: Uint8Array,
): Promise<KeyImport> {
  if (content.byteLength > MAX_IMPORT_BYTES) {
    throw new PosthornError('too-large', 'A file of keys may have at most 64 MB. Nothing was imported.');
  }
  const learned = await learnKeys(services, mailbox, { content, from: 'user' });
  if (!learned) throw new PosthornError('key-refused', 'There is no OpenPGP key in this file. Nothing was imported.');
  await mailbox.trust.refresh();
  return { keys: learned.keys, certifications: learned.certifications, skipped: { ...learned.skipped, unreadable: 0 } };
}

/**
 * The armored keys of these contacts (absent: of all), with the certifications that others and the user made; private
 * ones only `withLocal`. Throws `contact-unknown`, and `key-refused` when none of them has a key.
 */
export async function exportKeys(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  o: { readonly contactIds?: readonly ContactId[]; readonly withLocal: boolean },
): Promise<{ keys: string; count: number }> {
  const chosen = o.contactIds ? o.contactIds.map((id) => requireContact(mailbox, id)) : mailbox.contacts.all();
  const blocks = [];
  for (const contact of chosen) {
    const block = await certifiedBlock(services, mailbox, { contact, withLocal: o.withLocal });
    if (block) blocks.push(block);
  }
  if (blocks.length === 0)
    throw new PosthornError('key-refused', 'None of these contacts has a key yet. Nothing was exported.');
  return { keys: await services.pgp.armorPublicKey(joined(blocks)), count: blocks.length };
}

/**
 * The keys that a GnuPG user imports (`--allow-non-selfsigned-uid --import-options import-local-sigs`): the own key,
 * the contacts' keys with certifications, and for each contact the onion's certifying key, trusted for that onion
 * alone. `ownertrust` is the line that makes the own key the root (PROTOCOL.md 2).
 */
export async function exportForGnupg(
  services: Pick<Services, 'clock' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity'>,
): Promise<{ keys: string; ownertrust: string }> {
  const { keys } = mailbox.identity();
  const blocks = [await publishedKey(services, mailbox)];
  for (const contact of mailbox.contacts.all()) {
    const block = await certifiedBlock(services, mailbox, { contact, withLocal: true });
    if (!block) continue;
    blocks.push(
      await services.pgp.trustOnion({ secretKey: keys.secretKey, address: contact.address, now: services.clock.now() }),
      block,
    );
  }
  return { keys: await services.pgp.armorPublicKey(joined(blocks)), ownertrust: `${keys.fingerprint}:${ULTIMATE}:\n` };
}

/**
 * A contact's key with its verified certifications, or only with those made `by` one key; undefined while the contact
 * has no key.
 */
export async function certifiedBlock(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'keyring'>,
  o: { readonly contact: StoredContact; readonly withLocal: boolean; readonly by?: Fingerprint },
): Promise<PublicKeyBlock | undefined> {
  const { publicKey, fingerprint } = o.contact;
  if (!publicKey || fingerprint === undefined) return undefined;
  const isShown = (each: RingCertification): boolean =>
    each.verified && (o.withLocal || each.exportable) && (o.by === undefined || each.issuer === o.by);
  const shown = mailbox.keyring.certificationsOn(fingerprint).filter(isShown);
  return services.pgp.withCertifications({ block: publicKey, bodies: shown.map(({ body }) => body) });
}

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(blocks.reduce((sum, block) => sum + block.byteLength, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.byteLength;
  }
  return all;
}
