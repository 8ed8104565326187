import type { Contact, EarlierKey } from './contact';
import type { Fingerprint, MailAddress } from './ids';
import type { Standing } from './trust';

type ReplacedFate = 'never-accepted' | 'expired' | 'replaced' | 'vouched';

/** What is to be said of a key that is not the contact's of today. */
export type EarlierFate =
  | { readonly fate: 'revoked'; readonly at?: number }
  | { readonly fate: ReplacedFate; readonly at: number }
  /** Another key than any that this contact is known to have had. */
  | { readonly fate: 'unknown' }
  /** An older version did not write down which key signed. */
  | { readonly fate: 'not-recorded' };

/** What the signature of one message is worth: the word is about the key that signed it, never about another. */
export type SignerStanding = Standing | ({ readonly kind: 'earlier-key' } & EarlierFate);

type Signed = {
  readonly introducedBy?: readonly MailAddress[] | undefined;
  readonly signedBy?: Fingerprint | undefined;
  readonly signerRevoked?: true | undefined;
};
type Known = Pick<Contact, 'standing' | 'fingerprint' | 'earlierKeys' | 'verification'>;

/** `contact`: who the sender is today; absent for those who are no contact, of whom counts what was known then. */
export function signerStanding(message: Signed, contact: Known | undefined): SignerStanding {
  if (contact === undefined) return ofStranger(message);
  const { signedBy } = message;
  if (signedBy === undefined) return isGood(contact.standing) ? earlier({ fate: 'not-recorded' }) : contact.standing;
  if (signedBy === contact.fingerprint) return contact.standing;
  const key = contact.earlierKeys?.find(({ fingerprint }) => fingerprint === signedBy);
  if (key !== undefined) return ofEarlierKey(key, contact);
  return contact.fingerprint === undefined && !isGood(contact.standing)
    ? contact.standing
    : earlier({ fate: 'unknown' });
}

function ofStranger({ introducedBy = [], signerRevoked }: Signed): SignerStanding {
  if (signerRevoked) return earlier({ fate: 'revoked' });
  return introducedBy.length > 0
    ? { kind: 'introduced', path: [...introducedBy], others: 0 }
    : { kind: 'unverified', vouchedBy: [] };
}

function ofEarlierKey(key: EarlierKey, contact: Known): SignerStanding {
  const { standing, replacedAt: at, revokedAt } = key;
  const ended = endOf(key);
  if (ended === 'revoked') return earlier({ fate: ended, ...(revokedAt === undefined ? {} : { at: revokedAt }) });
  if (ended !== undefined) return earlier({ fate: ended, at });
  return standing && keepsItsWord(standing, contact) ? standing : earlier({ fate: 'vouched', at });
}

/** Why no word on this key can hold; undefined when it went in good order. */
function endOf({ revoked, standing, vouches }: EarlierKey): ReplacedFate | 'revoked' | undefined {
  if (revoked) return 'revoked';
  switch (standing?.kind) {
    case 'changed':
    case 'mismatch':
      return 'never-accepted';
    case 'revoked':
    case 'expired':
      return standing.kind;
    default:
      return vouches ? undefined : 'replaced';
  }
}

/**
 * The word on an earlier key holds on while there is a word on this person at all: who takes it back means all of it.
 * One with a last day is not looked after once its key is replaced, so it is not kept.
 */
function keepsItsWord(standing: Standing, contact: Known): boolean {
  if (standing.kind === 'verified') return standing.expiresAt === undefined && contact.verification !== undefined;
  return standing.kind === 'introduced' && ['introduced', 'verified'].includes(contact.standing.kind);
}

/** Whether a standing says that somebody answers for the key. */
function isGood(standing: Standing): boolean {
  return (
    standing.kind === 'verified' || standing.kind === 'introduced' || (standing.kind === 'no-key' && standing.verified)
  );
}

function earlier(fate: EarlierFate): SignerStanding {
  return { kind: 'earlier-key', ...fate };
}
