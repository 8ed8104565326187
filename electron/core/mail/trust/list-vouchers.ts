import type { ContactId, Fingerprint } from '../../../../shared/ids';
import type { Voucher } from '../../../../shared/trust';
import { present } from '../../../../shared/present';
import type { RingCertification } from '../../ports/storage/keyring-records';
import type { Mailbox, Services } from '../mailbox';
import { requireContact } from '../contacts/require-contact';

const LEVELS: readonly Voucher['level'][] = ['generic', 'persona', 'casual', 'positive'];

/**
 * The issuers who have certified a contact's key, newest first; of each issuer only the latest certification. Throws
 * `contact-unknown`.
 */
export function listVouchers(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity'>,
  contactId: ContactId,
): Voucher[] {
  const { fingerprint } = requireContact(mailbox, contactId);
  if (fingerprint === undefined) return [];
  const all = mailbox.keyring.certificationsOn(fingerprint).sort((a, b) => b.createdAt - a.createdAt);
  const latest = new Map<string, RingCertification>();
  for (const each of all) {
    const issuer = each.issuer ?? each.issuerKeyId;
    if (!latest.has(issuer)) latest.set(issuer, each);
  }
  // An unverified certification with a key ID alone names no issuer.
  return [...latest.values()]
    .filter((each) => each.issuer !== undefined)
    .map((each) => toVoucher(services, mailbox, { ...each, issuer: each.issuer as Fingerprint }));
}

function toVoucher(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  each: RingCertification & { readonly issuer: Fingerprint },
): Voucher {
  const { address, keys } = mailbox.identity();
  const isOwn = each.issuer === keys.fingerprint;
  const known = isOwn ? address : mailbox.keyring.key(each.issuer)?.address;
  const { trust, expiresAt } = each;
  return {
    fingerprint: each.issuer,
    ...present({ address: known }),
    isOwn,
    level: LEVELS[each.level] ?? 'generic',
    at: each.createdAt,
    ...present({ expiresAt }),
    shared: each.exportable,
    ...(trust && trust.depth > 0
      ? { introducer: { depth: Math.min(trust.depth, 5), amount: trust.amount >= 120 ? 'full' : 'marginal' } }
      : {}),
    state: stateOf(each, services.clock.now()),
  };
}

function stateOf(each: RingCertification, now: number): Voucher['state'] {
  if (!each.verified) return 'unchecked';
  if (each.kind === 'revocation') return 'revoked';
  return (each.expiresAt ?? Infinity) <= now ? 'expired' : 'good';
}
