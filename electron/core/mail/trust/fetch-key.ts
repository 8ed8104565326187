import type { DeliveryReason } from '../../../../shared/message';
import { DIAL_TIMEOUT_MS } from '../../domain/limits';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Isolation } from '../../ports/onion';
import type { KeyCheck } from '../../ports/pgp';
import { checkKey, learnKey, recordRefusal } from './learn-key';
import { learnCertifications } from './learn-keys';
import type { Mailbox, Services } from '../mailbox';
import { settleVerification } from './settle-verification';
import { dialHost } from '../contacts/dial-host';

export type FetchKeyOutcome =
  | { readonly outcome: 'certified'; readonly contact: StoredContact }
  | { readonly outcome: 'refused'; readonly contact: StoredContact }
  | { readonly outcome: 'unreachable'; readonly reason: DeliveryReason };

/**
 * Asks a contact's onion for its key over HKP, and believes the key only when the onion certifies it (PROTOCOL.md 6).
 * `signal` breaks the question off; nothing is stored then.
 */
export async function fetchKey(
  services: Pick<Services, 'clock' | 'onion' | 'keyFetcher' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  o: { contact: StoredContact; isolation: Isolation; signal?: AbortSignal },
): Promise<FetchKeyOutcome> {
  const { address } = o.contact;
  const fetched = await services.keyFetcher.fetch({
    address,
    at: dialHost(mailbox, address),
    isolation: o.isolation,
    place: () => services.onion.takePlace({ isolation: o.isolation, timeoutMs: DIAL_TIMEOUT_MS }),
    ...(o.signal ? { signal: o.signal } : {}),
  });
  if (o.signal?.aborted) return { outcome: 'unreachable', reason: 'interrupted' };
  if (fetched.outcome === 'unreachable') return fetched;
  if (fetched.outcome === 'not-found') return { outcome: 'refused', contact: o.contact };
  const key = await checkKey(services, mailbox, { block: fetched.block, address });
  if (o.signal?.aborted) return { outcome: 'unreachable', reason: 'interrupted' };
  const contact = await learnFetched(services, mailbox, { contact: o.contact, key, block: fetched.block });
  await mailbox.trust.refresh();
  return { outcome: key.outcome, contact: mailbox.contacts.find(contact.id) ?? contact };
}

async function learnFetched(
  services: Pick<Services, 'clock' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'changes'>,
  { contact, key, block }: { contact: StoredContact; key: KeyCheck; block: Uint8Array },
): Promise<StoredContact> {
  if (key.outcome === 'refused') return recordRefusal(mailbox, contact, key);
  const kept = await settleVerification(services, mailbox, learnKey(services, mailbox, { contact, key }));
  await learnCertifications(services, mailbox, {
    block,
    fingerprint: key.fingerprint,
    publicKey: key.publicKey,
    from: 'peer',
  });
  return kept;
}
