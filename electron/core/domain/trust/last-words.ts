import type { TrustCertification, TrustKey } from './trust-model';

/** The last certification or revocation by an issuer on a key; the issuer by its number in the input. */
export type LastWord<C extends TrustCertification = TrustCertification> = {
  readonly issuer: number;
  readonly certification: C;
};

/** «I have not checked at all» (0x11) is below gpg's `min-cert-level` 2; 0x10 says nothing of the check and counts. */
const IGNORED_LEVEL = 1;

/**
 * The latest signature of each issuer on each key, be it a certification or a revocation; of equal times the one that
 * comes later in the input. A certification of level 1 does not even stand in the way of an earlier one. What a key
 * says of itself, and what keys say that are not in the ring, is left out. Answers by number of the key they speak of,
 * in the order of the input.
 */
export function lastWords<C extends TrustCertification>({
  keys,
  certifications,
}: {
  readonly keys: readonly Pick<TrustKey, 'fingerprint'>[];
  readonly certifications: readonly C[];
}): LastWord<C>[][] {
  const numberOf = new Map(keys.map(({ fingerprint }, number) => [fingerprint, number]));
  const latest = new Map<number, LastWord<C>>();
  for (const certification of certifications) {
    const issuer = numberOf.get(certification.issuer);
    const subject = numberOf.get(certification.subject);
    if (issuer === undefined || subject === undefined || issuer === subject || isIgnored(certification)) continue;
    const pair = subject * keys.length + issuer;
    const before = latest.get(pair);
    if (before !== undefined && before.certification.createdAt > certification.createdAt) continue;
    // Taken out first, so that it stands where the later one stands in the input.
    latest.delete(pair);
    latest.set(pair, { issuer, certification });
  }
  return bySubject(latest, keys.length);
}

function isIgnored({ kind, level }: TrustCertification): boolean {
  return kind === 'certification' && level === IGNORED_LEVEL;
}

function bySubject<W>(latest: ReadonlyMap<number, W>, size: number): W[][] {
  const about: W[][] = Array.from({ length: size }, () => []);
  for (const [pair, word] of latest) about[Math.floor(pair / size)]?.push(word);
  return about;
}
