import { ContactId } from '../../../../shared/ids';
import type { ContactId as ContactIdType, MailAddress } from '../../../../shared/ids';
import type { DeliveryReason } from '../../../../shared/message';
import type { Standing } from '../../../../shared/trust';
import { PosthornError } from '../../../../shared/errors';
import { DIAL_TIMEOUT_MS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/mail-records';
import type { Isolation } from '../../ports/onion';
import type { KeyCheck } from '../../ports/pgp';
import type { RingKey } from '../../ports/ring-store';
import { checkKey, keepKey, noteRefusal } from './keep-key';
import { learnCertifications } from './learn-keys';
import type { Mailbox, Services } from '../mailbox';
import { settleVerification } from './settle-verification';
import { wayTo } from '../contacts/dial-host';

export type FetchKeyOutcome =
  | { readonly outcome: 'certified'; readonly contact: StoredContact }
  | { readonly outcome: 'refused'; readonly contact: StoredContact }
  | { readonly outcome: 'unreachable'; readonly reason: DeliveryReason };

/**
 * Asks a contact's onion for its key over HKP and believes it only when the onion certifies it (PROTOCOL.md 6).
 * `signal` breaks the question off; nothing is kept then.
 */
export async function fetchKey(
  services: Pick<Services, 'clock' | 'onion' | 'keyFetcher' | 'pgp'>,
  mailbox: Mailbox,
  o: { contact: StoredContact; isolation: Isolation; signal?: AbortSignal },
): Promise<FetchKeyOutcome> {
  const { address } = o.contact;
  const fetched = await services.keyFetcher.fetch({
    address,
    at: wayTo(mailbox, address),
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
  return { outcome: key.outcome, contact: mailbox.mail.contact(contact.id) ?? contact };
}

async function learnFetched(
  services: Pick<Services, 'clock' | 'pgp'>,
  mailbox: Mailbox,
  { contact, key, block }: { contact: StoredContact; key: KeyCheck; block: Uint8Array },
): Promise<StoredContact> {
  if (key.outcome === 'refused') return noteRefusal(mailbox, contact, key);
  const kept = await settleVerification(services, mailbox, keepKey(services, mailbox, { contact, key }));
  await learnCertifications(services, mailbox, {
    block,
    fingerprint: key.fingerprint,
    publicKey: key.publicKey,
    from: 'peer',
  });
  return kept;
}

/**
 * The contact for an address, added without a name when there is none: whoever one writes to is no stranger. A key that
 * an introduction has brought is theirs from the beginning.
 */
export function contactFor(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Mailbox,
  address: MailAddress,
): StoredContact {
  const plain = mailboxOf(address);
  const known = mailbox.mail.contact(plain);
  if (known) return known;
  const inRing = keyInRing(services, mailbox, plain);
  return mailbox.mail.addContact({
    id: ContactId.parse(services.random.uuid()),
    identityId: mailbox.identity().id,
    address: plain,
    name: '',
    keyState: 'none',
    blocked: false,
    addedAt: services.clock.now(),
    standing: { kind: 'no-key', verified: false },
    sendsReadReceipts: false,
    learnsHolders: true,
    holderCount: 0,
    isPrivate: false,
    ...(inRing ? knownKey(inRing) : {}),
  });
}

/**
 * Not one that has ended, nor one whose onion has certified another since; a revoked one, so that it is known to be
 * that.
 */
function keyInRing(services: Pick<Services, 'clock'>, { mail }: Mailbox, address: MailAddress): RingKey | undefined {
  const key = mail.ringKey(address);
  if (!key || key.revoked) return key;
  const isInForce = key.expiresAt > services.clock.now() && key.certifiedAt >= (mail.newestCertification(address) ?? 0);
  return isInForce ? key : undefined;
}

function knownKey({ fingerprint, certifiedAt, publicKey, validity, path, revoked }: RingKey): Partial<StoredContact> {
  const isIntroduced = validity === 'full' && path.length > 0;
  const believed: Standing = isIntroduced
    ? { kind: 'introduced', path: [...path], others: 0 }
    : { kind: 'unverified', vouchedBy: [] };
  return {
    keyState: revoked ? 'revoked' : 'certified',
    fingerprint,
    certifiedAt,
    publicKey,
    standing: revoked ? { kind: 'revoked' } : believed,
  };
}

/** The contact with this id; throws `contact-unknown`. */
export function requireContact(mailbox: Pick<Mailbox, 'mail'>, id: ContactIdType): StoredContact {
  const contact = mailbox.mail.contact(id);
  if (!contact) throw new PosthornError('contact-unknown', 'This contact is no longer in the address book.');
  return contact;
}
