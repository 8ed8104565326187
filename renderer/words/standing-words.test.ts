import { describe, expect, it } from 'vitest';
import { Standing } from '../../shared/trust';
import type { SignerStanding } from '../../shared/signer-standing';
import { isTroubled, isVerified, pathText, peopleText, standingWords } from './standing-words';

const host = `${'a'.repeat(56)}.onion`;
const address = (local: string) => `${local}@${host}`;
const nameOf = (text: string): string =>
  ({ [address('alice')]: 'Alice', [address('bob')]: 'Bob', [address('carol')]: 'Carol' })[text] ?? text;
const may = new Date(2026, 4, 12, 10).getTime();
const words = (standing: unknown) => standingWords(asStanding(standing), nameOf);
const asStanding = (standing: unknown): SignerStanding =>
  typeof standing === 'object' && standing !== null && 'fate' in standing
    ? (standing as SignerStanding)
    : Standing.parse(standing);

const all = [
  { kind: 'no-key', verified: false },
  { kind: 'no-key', verified: true },
  { kind: 'unverified', vouchedBy: [] },
  { kind: 'unverified', vouchedBy: [address('alice')] },
  { kind: 'verified', at: may, way: 'scan' },
  { kind: 'verified', at: may, way: 'fingerprint' },
  { kind: 'verified', at: may, way: 'move', expiresAt: may },
  { kind: 'introduced', path: [address('alice')], others: 0 },
  { kind: 'changed', at: may, continuity: true, wasVerified: true },
  { kind: 'changed', at: may, continuity: true, wasVerified: false },
  { kind: 'changed', at: may, continuity: false, wasVerified: true },
  { kind: 'changed', at: may, continuity: false, wasVerified: false },
  { kind: 'mismatch' },
  { kind: 'expired' },
  { kind: 'revoked' },
];
const ofSigners = [
  { kind: 'earlier-key', fate: 'revoked' },
  { kind: 'earlier-key', fate: 'revoked', at: may },
  { kind: 'earlier-key', fate: 'never-accepted', at: may },
  { kind: 'earlier-key', fate: 'expired', at: may },
  { kind: 'earlier-key', fate: 'replaced', at: may },
  { kind: 'earlier-key', fate: 'vouched', at: may },
  { kind: 'earlier-key', fate: 'unknown' },
  { kind: 'earlier-key', fate: 'not-recorded' },
];

describe('standingWords', () => {
  it.each([...all, ...ofSigners])('says of $kind why it is so and what to do, each in its own words', (standing) => {
    const { title, sentence, advice } = words(standing);
    expect(title.length).toBeLessThan(30);
    for (const text of [sentence, advice]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
    const others = [...all, ...ofSigners];
    expect(others.filter((other) => words(other).sentence + words(other).advice === sentence + advice)).toHaveLength(1);
  });

  it('gives the day and the way of a verification, and when it ends', () => {
    expect(words({ kind: 'verified', at: may, way: 'scan' }).sentence).toMatch(/12.*2026.*by scanning their code/u);
    const { advice } = words({
      kind: 'verified',
      at: may,
      way: 'fingerprint',
      expiresAt: new Date(2027, 0, 3).getTime(),
    });
    expect(advice).toMatch(/2027/u);
  });

  it('names introducers as the user does', () => {
    const direct = words({ kind: 'introduced', path: [address('alice')], others: 0 });
    expect(direct).toMatchObject({ title: 'Introduced by Alice', tone: 'accent' });
    expect(direct.sentence).toBe('Alice vouches for them, and you trust their introductions.');
    const long = words({ kind: 'introduced', path: [address('alice'), address('bob')], others: 2 });
    expect(long.title).toBe('Introduced by Bob');
    expect(long.sentence).toBe(
      'Alice vouches for Bob, Bob for them (and 2 others do too), and each is trusted to introduce the next.',
    );
    expect(words({ kind: 'unverified', vouchedBy: [address('alice'), address('carol')] }).advice).toContain(
      'Alice and Carol vouch for it',
    );
  });

  it('is loud only where harm may be', () => {
    const tone = (standing: unknown) => words(standing).tone;
    expect(tone({ kind: 'unverified', vouchedBy: [] })).toBe('neutral');
    expect(tone({ kind: 'changed', at: may, continuity: true, wasVerified: true })).toBe('warning');
    expect(tone({ kind: 'changed', at: may, continuity: false, wasVerified: true })).toBe('danger');
    expect(tone({ kind: 'mismatch' })).toBe('danger');
  });
});

describe('the words around it', () => {
  it('write a path and a list of people', () => {
    expect(pathText([address('alice'), address('bob')], nameOf)).toBe('Alice vouches for Bob, Bob for them');
    expect(peopleText([address('alice')], nameOf)).toBe('Alice');
    expect(peopleText([address('alice'), address('bob'), address('carol')], nameOf)).toBe('Alice, Bob and 1 other');
  });

  it('tell verified people and troubled ones', () => {
    expect(all.filter((standing) => isVerified(Standing.parse(standing)))).toHaveLength(4);
    expect(all.filter((standing) => isTroubled(Standing.parse(standing)))).toHaveLength(7);
  });
});
