import { expect, it } from 'vitest';
import type { Contact } from '../../../../shared/contact';
import { Fingerprint } from '../../../../shared/ids';
import { awaitsAcceptance } from './awaits-acceptance';

const [one, other] = ['A', 'B'].map((digit) => Fingerprint.parse(digit.repeat(40)));
const word = { at: 1, way: 'scan', level: 'positive', shared: false } as const;
const changed = { kind: 'changed', at: 1, wasVerified: true } as const;
const unverified: Contact['standing'] = { kind: 'unverified', vouchedBy: [] };

type Facts = Parameters<typeof awaitsAcceptance>[0];
const facts = (o: Partial<Facts>): Facts => ({
  keyState: 'changed',
  standing: { ...changed, continuity: false },
  fingerprint: other!,
  verification: { ...word, fingerprint: one! },
  ...o,
});

it.each<[string, Partial<Facts>, boolean]>([
  ['another key than the verified one, which does not sign for it', {}, true],
  ['before trust is computed', { standing: unverified }, true],
  ['a first key that is not the scanned one', { standing: { kind: 'mismatch' } }, true],
  ['a word that has ended by its date', { verification: { ...word, expiresAt: 1, fingerprint: one! } }, true],
  ['the key before signs for it', { standing: { ...changed, continuity: true } }, false],
  ['the verified key itself', { fingerprint: one! }, false],
  ['a scan that named no key', { verification: word }, false],
  ['a revoked key, for which another is asked', { keyState: 'revoked', standing: { kind: 'revoked' } }, false],
  ['an expired key, for which another is asked', { keyState: 'expired', standing: { kind: 'expired' } }, false],
])('%s', (_what, change, expected) => {
  expect(awaitsAcceptance(facts(change))).toBe(expected);
});

it('asks for nothing before there is a key', () => {
  const { fingerprint: _none, ...without } = facts({ keyState: 'none', standing: { kind: 'no-key', verified: true } });
  expect(awaitsAcceptance(without)).toBe(false);
});

it('asks for nothing of somebody whom nobody verified', () => {
  const { verification: _none, ...without } = facts({
    standing: { ...changed, wasVerified: false, continuity: false },
  });
  expect(awaitsAcceptance(without)).toBe(false);
});
