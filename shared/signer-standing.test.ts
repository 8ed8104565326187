import { describe, expect, it } from 'vitest';
import type { EarlierKey } from './contact';
import { Fingerprint, MailAddress } from './ids';
import { signerStanding } from './signer-standing';
import type { Standing, Verification } from './trust';

const fingerprint = (digit: string): Fingerprint => Fingerprint.parse(digit.repeat(40));
const [OLD, NOW, OTHER] = [fingerprint('A'), fingerprint('B'), fingerprint('C')];
const carol = MailAddress.parse(`carol@${'a'.repeat(56)}.onion`);
const word: Verification = { at: 1, way: 'scan', level: 'positive', shared: false, fingerprint: NOW };
const verified: Standing = { kind: 'verified', at: 1, way: 'scan' };
const introduced: Standing = { kind: 'introduced', path: [carol], others: 0 };
const unverified: Standing = { kind: 'unverified', vouchedBy: [] };
const changed: Standing = { kind: 'changed', at: 2, continuity: false, wasVerified: true };

const contact = (change: object = {}): Parameters<typeof signerStanding>[1] => ({
  fingerprint: NOW,
  standing: verified,
  verification: word,
  ...change,
});
const earlier = (change: Partial<EarlierKey> = {}): { earlierKeys: EarlierKey[] } => ({
  earlierKeys: [{ fingerprint: OLD, replacedAt: 7, standing: verified, vouches: true, revoked: false, ...change }],
});
const byOld = (change: Partial<EarlierKey>, of: object = {}): unknown =>
  signerStanding({ signedBy: OLD }, contact({ ...earlier(change), ...of }));

describe('mail by the key of today', () => {
  it.each([verified, introduced, unverified, changed, { kind: 'revoked' }, { kind: 'expired' }] as const)(
    'is what that key is worth: $kind',
    (standing) => {
      expect(signerStanding({ signedBy: NOW }, contact({ standing }))).toBe(standing);
    },
  );
});

describe('mail by a key of before', () => {
  it('keeps the word that this very key had, where it signs for a later one', () => {
    expect(byOld({})).toEqual(verified);
    expect(byOld({ standing: introduced }, { standing: introduced })).toEqual(introduced);
  });

  it('keeps it although the user has not accepted the key of today', () => {
    expect(byOld({}, { standing: changed })).toEqual(verified);
  });

  it.each([
    ['the key does not sign for a later one', { vouches: false }, {}, 'replaced'],
    ['it was never accepted', { standing: changed }, {}, 'never-accepted'],
    ['the scanned code named another', { standing: { kind: 'mismatch' } as const }, {}, 'never-accepted'],
    ['it was revoked when it was replaced', { standing: { kind: 'revoked' } as const }, {}, 'revoked'],
    ['it was found revoked later', { revoked: true }, {}, 'revoked'],
    ['it had expired', { standing: { kind: 'expired' } as const }, {}, 'expired'],
    ['nobody had a word on it', { standing: unverified }, {}, 'vouched'],
    ['its standing was not written down', { standing: undefined }, {}, 'vouched'],
    ['the user has taken the word back', {}, { verification: undefined, standing: unverified }, 'vouched'],
    ['the word had a last day', { standing: { ...verified, expiresAt: 9 } }, {}, 'vouched'],
    ['the introducers count no more', { standing: introduced }, { standing: unverified }, 'vouched'],
    ['only an address was scanned', { standing: { kind: 'no-key', verified: true } as const }, {}, 'vouched'],
  ] as const)('has no word when %s', (_why, key, of, fate) => {
    expect(byOld(key as Partial<EarlierKey>, of)).toMatchObject({ kind: 'earlier-key', fate });
  });

  it('says since when a key is known as revoked, and nothing where that was not written down', () => {
    expect(byOld({ revoked: true, revokedAt: 9 })).toEqual({ kind: 'earlier-key', fate: 'revoked', at: 9 });
    expect(byOld({ revoked: true })).toEqual({ kind: 'earlier-key', fate: 'revoked' });
  });

  it('that nobody knows of is another key, also when there is none today', () => {
    const unknown = { kind: 'earlier-key', fate: 'unknown' };
    expect(signerStanding({ signedBy: OTHER }, contact(earlier()))).toEqual(unknown);
    const scanned = contact({ fingerprint: undefined, standing: { kind: 'no-key', verified: true } });
    expect(signerStanding({ signedBy: OTHER }, scanned)).toEqual(unknown);
  });
});

describe('mail whose signer was not written down', () => {
  it.each([verified, introduced, { kind: 'no-key', verified: true }] as const)('has no word: $kind', (standing) => {
    expect(signerStanding({}, contact({ standing }))).toEqual({ kind: 'earlier-key', fate: 'not-recorded' });
  });

  it.each([unverified, changed, { kind: 'revoked' }] as const)('is warned of as before: $kind', (standing) => {
    expect(signerStanding({}, contact({ standing }))).toBe(standing);
  });
});

describe('mail of a stranger', () => {
  it('is what was known of the key that signed it, until that is revoked', () => {
    const message = { introducedBy: [carol], signedBy: OLD };
    expect(signerStanding(message, undefined)).toEqual(introduced);
    expect(signerStanding({ signedBy: OLD }, undefined)).toEqual(unverified);
    expect(signerStanding({ ...message, signerRevoked: true }, undefined)).toMatchObject({ fate: 'revoked' });
  });

  it('says nothing of another key that the same address has as a contact', () => {
    const message = { introducedBy: [carol], signedBy: OTHER };
    expect(signerStanding(message, contact())).toMatchObject({ kind: 'earlier-key', fate: 'unknown' });
  });
});
