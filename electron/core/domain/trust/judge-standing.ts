import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Standing, Validity, Verification } from '../../../../shared/trust';
import type { Contact } from '../../../../shared/contact';
import { present } from '../../../../shared/present';

/** People who certified a key but do not suffice, as many as a sentence can name. */
const MAX_NAMED = 20;

/** What the standing of a contact follows from. */
export type StandingFacts = {
  readonly contact: Pick<Contact, 'keyState' | 'fingerprint' | 'verification'>;
  readonly now: number;
  /** Of the key that the contact has now. */
  readonly validity: Validity;
  readonly path: readonly MailAddress[];
  readonly countedIssuers: readonly MailAddress[];
  /** The user's own certification of that key is in force. */
  readonly certifiedByUser: boolean;
  /** Earlier of key and certification expiry, milliseconds. */
  readonly keyExpiresAt: number | undefined;
  /** Keys that the address had before, newest first. `vouchesForNow`: that key has certified the one now held. */
  readonly history: readonly {
    readonly fingerprint: Fingerprint;
    readonly replacedAt: number;
    readonly vouchesForNow: boolean;
  }[];
};

/** PROTOCOL.md 3: what a contact's key is worth, in the order in which bad news counts more than good. */
export function judgeStanding(facts: StandingFacts): Standing {
  const { contact, now } = facts;
  const { verification } = contact;
  if (contact.fingerprint === undefined) return { kind: 'no-key', verified: holds(verification, now) };
  if (contact.keyState === 'revoked' || facts.validity === 'revoked') return { kind: 'revoked' };
  const changed = judgeChange(facts, contact.fingerprint);
  if (changed) return changed;
  if (contact.keyState === 'expired' || (facts.keyExpiresAt ?? Infinity) <= now) return { kind: 'expired' };
  return judgeBelief(facts);
}

function judgeBelief(facts: StandingFacts): Standing {
  const { verification } = facts.contact;
  if (verification && holds(verification, facts.now) && facts.certifiedByUser) {
    const { at, way, expiresAt } = verification;
    return { kind: 'verified', at, way, ...present({ expiresAt }) };
  }
  if (facts.validity === 'full' && facts.path.length > 0) {
    return { kind: 'introduced', path: facts.path.slice(0, 6), others: Math.max(0, facts.countedIssuers.length - 1) };
  }
  return { kind: 'unverified', vouchedBy: facts.countedIssuers.slice(0, MAX_NAMED) };
}

/** The contact's key is not the one that the user verified, or it replaced a key and the user has not accepted it. */
function judgeChange({ contact, history }: StandingFacts, held: Fingerprint): Standing | undefined {
  const meant = contact.verification?.fingerprint;
  const differs = meant !== undefined && meant !== held;
  if (!differs && contact.keyState !== 'changed') return undefined;
  const before = differs ? history.find(({ fingerprint }) => fingerprint === meant) : history[0];
  if (!before) return differs ? { kind: 'mismatch' } : undefined;
  return { kind: 'changed', at: before.replacedAt, continuity: before.vouchesForNow, wasVerified: differs };
}

function holds(verification: Verification | undefined, now: number): boolean {
  return verification !== undefined && (verification.expiresAt ?? Infinity) > now;
}
