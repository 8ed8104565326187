import { expect, it } from 'vitest';
import { MAX_RECENT_CLAIMS } from '../../domain/client-limits';
import { RecentClaims } from './recent-claims';

const box = (name: string, uidValidity: number) => ({
  mailbox: { id: name, path: [name], isSubscribed: true, hasChildren: false },
  uidValidity,
});

it('forgets the mailbox that was asked for longest ago, and takes its messages for told', () => {
  const claims = new RecentClaims(1_000_000);
  expect(claims.claim(box('old', 900), 8)).toBe(8);
  expect(claims.claim(box('first', 1_000), 4)).toBe(1);
  expect(claims.claim(box('kept', 1_000), 4)).toBe(1);
  for (let number = 0; number < MAX_RECENT_CLAIMS; number += 1) {
    claims.claim(box(`b${String(number)}`, 1_001), 2);
    claims.next(box('kept', 1_000), 4);
  }
  // Known as ever.
  expect(claims.claim(box('kept', 1_000), 6)).toBe(4);
  // Forgotten: what is there is new to nobody, where it would be to everybody once more.
  expect(claims.claim(box('first', 1_000), 6)).toBe(6);
});
