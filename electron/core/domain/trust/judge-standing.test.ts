import { describe, expect, it } from 'vitest';
import { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Verification } from '../../../../shared/trust';
import { judgeStanding, type StandingFacts } from './judge-standing';

const NOW = 1_000_000;
const KEY = Fingerprint.parse('A'.repeat(40));
const OLD = Fingerprint.parse('B'.repeat(40));
const address = (name: string): MailAddress => MailAddress.parse(`${name}@${'a'.repeat(56)}.onion`);
const word: Verification = { at: 500, way: 'scan', level: 'positive', shared: false, fingerprint: KEY };

const facts = (
  o: Omit<Partial<StandingFacts>, 'contact'> & { contact?: Partial<StandingFacts['contact']> },
): StandingFacts => ({
  now: NOW,
  validity: 'unknown',
  path: [],
  countedIssuers: [],
  certifiedByUser: false,
  keyExpiresAt: NOW + 1,
  history: [],
  ...o,
  contact: { keyState: 'certified', fingerprint: KEY, ...o.contact },
});
const judge = (o: Parameters<typeof facts>[0]): ReturnType<typeof judgeStanding> => judgeStanding(facts(o));
const replaced = (vouchesForNow: boolean): StandingFacts['history'] => [
  { fingerprint: OLD, replacedAt: 900, vouchesForNow },
];

describe('what a contact’s key is worth', () => {
  it('nothing is known without a key, but the word may be given', () => {
    const none = { keyState: 'none', fingerprint: undefined } as unknown as StandingFacts['contact'];
    expect(judge({ contact: none })).toEqual({ kind: 'no-key', verified: false });
    expect(judge({ contact: { ...none, verification: { ...word, fingerprint: KEY } } })).toEqual({
      kind: 'no-key',
      verified: true,
    });
    expect(judge({ contact: { ...none, verification: { ...word, expiresAt: NOW } } })).toEqual({
      kind: 'no-key',
      verified: false,
    });
  });

  it('is the user’s word while both it and the certification hold', () => {
    expect(judge({ contact: { verification: word }, certifiedByUser: true, validity: 'full' })).toEqual({
      kind: 'verified',
      at: 500,
      way: 'scan',
    });
    expect(judge({ contact: { verification: word }, certifiedByUser: false })).toEqual({
      kind: 'unverified',
      vouchedBy: [],
    });
    expect(judge({ contact: { verification: { ...word, expiresAt: NOW } }, certifiedByUser: true })).toMatchObject({
      kind: 'unverified',
    });
  });

  it('is an introduction when it is fully believed by others', () => {
    const by = { path: [address('alice')], countedIssuers: [address('alice'), address('dave')] };
    expect(judge({ ...by, validity: 'full' })).toEqual({ kind: 'introduced', path: [address('alice')], others: 1 });
    expect(judge({ ...by, validity: 'marginal' })).toEqual({ kind: 'unverified', vouchedBy: by.countedIssuers });
  });

  it('is a change until it is accepted, with or without the word of the key before', () => {
    const contact = { keyState: 'changed' as const };
    expect(judge({ contact, history: replaced(true) })).toEqual({
      kind: 'changed',
      at: 900,
      continuity: true,
      wasVerified: false,
    });
    const verified = { ...contact, verification: { ...word, fingerprint: OLD } };
    expect(judge({ contact: verified, history: replaced(false), certifiedByUser: true })).toEqual({
      kind: 'changed',
      at: 900,
      continuity: false,
      wasVerified: true,
    });
  });

  it('is a mismatch when the code named a key that was never theirs', () => {
    expect(
      judge({ contact: { verification: { ...word, fingerprint: OLD } }, validity: 'full', certifiedByUser: true }),
    ).toEqual({ kind: 'mismatch' });
  });

  it('bad news counts more than good', () => {
    const good = { certifiedByUser: true, validity: 'full' as const };
    expect(judge({ ...good, contact: { keyState: 'revoked', verification: word } })).toEqual({ kind: 'revoked' });
    expect(judge({ ...good, validity: 'revoked', contact: { verification: word } })).toEqual({ kind: 'revoked' });
    expect(judge({ ...good, contact: { keyState: 'expired', verification: word } })).toEqual({ kind: 'expired' });
    expect(judge({ ...good, contact: { verification: word }, keyExpiresAt: NOW })).toEqual({ kind: 'expired' });
  });
});
