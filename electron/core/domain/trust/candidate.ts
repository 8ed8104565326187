import type { Fingerprint } from '../../../../shared/ids';
import type { Validity } from '../../../../shared/trust';
import { isExpiredKey } from './in-force';
import type { Introducer } from './introducer';
import type { LastWord } from './last-words';
import type { KeyValidity, OwnerTrust, TrustKey } from './trust-model';

/** GnuPG's defaults for `completes-needed` and `marginals-needed`. */
const COMPLETES_NEEDED = 1;
const MARGINALS_NEEDED = 3;

/** A key while it is being judged; what it has gathered stays from round to round. */
export type Candidate = {
  readonly key: TrustKey;
  readonly words: readonly LastWord[];
  readonly standing: 'ultimate' | 'expired' | 'revoked' | 'open';
  isCertified: boolean;
  fulls: number;
  marginals: number;
  readonly counted: Candidate[];
  /** Certifiers between a root and this key. */
  path: readonly Fingerprint[];
};

type CandidateFacts = Pick<Candidate, 'key' | 'words'> & {
  readonly ownerTrust: OwnerTrust | undefined;
  readonly now: number;
};

export function newCandidate(o: CandidateFacts): Candidate {
  const { key, words } = o;
  return { key, words, standing: standingOf(o), isCertified: false, fulls: 0, marginals: 0, counted: [], path: [] };
}

function standingOf({ key, ownerTrust, now }: CandidateFacts): Candidate['standing'] {
  if (key.revoked) return 'revoked';
  if (isExpiredKey(key, now)) return 'expired';
  return ownerTrust === 'ultimate' ? 'ultimate' : 'open';
}

/** A root introduces by the user's word alone; a key that has expired or is revoked is none. */
export function isRoot({ standing }: Candidate): boolean {
  return standing === 'ultimate';
}

export function count(
  one: Candidate,
  { issuer, weight }: { readonly issuer: Candidate; readonly weight: Introducer['weight'] },
): void {
  one.isCertified = true;
  if (weight === 'none') return;
  if (weight === 'marginal') one.marginals += 1;
  else one.fulls += 1;
  one.counted.push(issuer);
}

export function isFull({ fulls, marginals }: Candidate): boolean {
  return fulls >= COMPLETES_NEEDED || marginals >= MARGINALS_NEEDED;
}

/**
 * The path through the certifier that is nearest to a root. Certifiers became full in an earlier round, so their own
 * paths are known.
 */
export function settlePath(one: Candidate): void {
  let best: readonly Fingerprint[] | undefined;
  for (const issuer of one.counted) {
    const path = isRoot(issuer) ? [] : [...issuer.path, issuer.key.fingerprint];
    if (best === undefined || path.length < best.length) best = path;
  }
  one.path = best ?? [];
}

export function judge(one: Candidate): KeyValidity {
  const countedIssuers = one.counted.map(({ key }) => key.fingerprint);
  return { validity: validityOf(one), path: one.path, countedIssuers };
}

function validityOf(one: Candidate): Validity {
  if (one.standing !== 'open') return one.standing;
  if (isFull(one)) return 'full';
  if (one.counted.length > 0) return 'marginal';
  return one.isCertified ? 'undefined' : 'unknown';
}
