import { describe, expect, it } from 'vitest';
import { replyToUnproven, type UnprovenSigner } from './judge-unproven';

const facts = (o: Partial<UnprovenSigner>): UnprovenSigner => ({
  refusals: [],
  signatures: [],
  isHeldRevoked: false,
  ...o,
});
const told = (o: Partial<UnprovenSigner>, isClockDoubtful = false): string => {
  const { code, enhanced, text } = replyToUnproven(facts(o), { isClockDoubtful });
  return `${String(code)} ${enhanced} ${text}`;
};
const early = /^451 4\.7\.1 .* from a time to come/;
const late = /^451 4\.7\.1 .* out of date/;

describe('what time mends', () => {
  it.each<[string, Partial<UnprovenSigner>]>([
    ['a certification of the future', { refusals: ['certification-future'] }],
    ['beside a key of somebody else', { refusals: ['certification-future', 'user-id-differs'] }],
    ['beside a key that did not sign', { refusals: ['certification-future'], signatures: ['wrong-key'] }],
    ['beside a revoked one that is held', { refusals: ['certification-future'], isHeldRevoked: true }],
    ['a signature of the future', { signatures: ['wrong-key', 'future'] }],
    ['beside a key that has ended', { signatures: ['future'], refusals: ['key-expired'] }],
  ])('is never final: %s', (_what, o) => {
    expect(told(o)).toMatch(early);
    expect(told(o, true)).toMatch(early);
  });

  it.each<[string, Partial<UnprovenSigner>]>([
    ['an expired key', { refusals: ['key-expired'] }],
    ['an expired certification before a key of somebody else', { refusals: ['certification-expired', 'unreadable'] }],
    ['beside a key that did not sign', { refusals: ['certification-expired'], signatures: ['wrong-key'] }],
    ['beside a revoked one that is held', { refusals: ['certification-expired'], isHeldRevoked: true }],
    ['the key that is held has expired', { signatures: ['key-expired'] }],
    ['the signature has expired', { signatures: ['expired'] }],
  ])('is not final while the clock is in doubt: %s', (_what, o) => {
    expect(told(o, true)).toMatch(late);
    expect(told(o)).toMatch(/^550 /);
  });
});

it.each<[string, Partial<UnprovenSigner>, string]>([
  ['no key at all', {}, 'carries no key of its sender'],
  ['the sender’s own, before that of others', { refusals: ['key-expired', 'user-id-differs'] }, 'key-expired'],
  ['the sender’s own, behind that of others', { refusals: ['user-id-differs', 'key-expired'] }, 'key-expired'],
  ['the sender’s own before one that only says so', { refusals: ['not-certified', 'rolled-back'] }, 'rolled-back'],
  ['the first, when none is the sender’s', { refusals: ['unreadable', 'user-id-differs'] }, 'unreadable'],
  ['a revoked key before a signature of others', { isHeldRevoked: true, signatures: ['wrong-key'] }, 'key-revoked'],
  ['a signature by none of the keys', { signatures: ['wrong-key'], refusals: ['user-id-differs'] }, 'does not verify'],
])('tells of %s', (_what, o, words) => {
  expect(told(o)).toContain(words);
});
