import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../delivery-outcome';
import { isHeldDue, isOffered, judgeOffer, type HeldTries } from './judge-offer';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 4, 28);

const fresh: HeldTries = { attempts: 0, refusals: 0 };
type Vain = Exclude<SendOutcome, { outcome: 'delivered' }>;
const later: Vain = { outcome: 'deferred', reason: 'busy', about: 'message' };
const never: Vain = { outcome: 'refused', reason: 'refused', code: 554, about: 'message' };
const full: Vain = { outcome: 'deferred', reason: 'busy', about: 'now' };
const broken: Vain = { outcome: 'deferred', reason: 'interrupted' };
const unwelcome: Vain = { outcome: 'refused', reason: 'refused', code: 553, about: 'us' };

const judge = (outcome: Vain, o: { held?: HeldTries; isBegun?: boolean; now?: number } = {}) =>
  judgeOffer({ held: o.held ?? fresh, outcome, isBegun: o.isBegun ?? true, now: o.now ?? NOW, fraction: 0.5 });

/** Offers it again and again, each as soon as its own wait is over, until so much time has passed. */
function offerFor(milliseconds: number, outcome: Vain): { readonly tries: HeldTries; readonly offers: number } {
  let tries = fresh;
  let offers = 0;
  for (let now = NOW; now < NOW + milliseconds && isOffered(tries); now = tries.nextTryAt ?? now + 1) {
    tries = judge(outcome, { held: tries, now }).tries ?? tries;
    offers += 1;
  }
  return { tries, offers };
}

describe('an envelope that its client does not take', () => {
  it('waits longer each time, by itself, and the round goes on', () => {
    const waits = [];
    let held = fresh;
    for (let time = 0; time < 9; time += 1) {
      const judged = judge(later, { held });
      expect(judged.next).toBe(true);
      held = judged.tries!;
      waits.push((held.nextTryAt! - NOW) / 60_000);
    }
    expect(waits).toEqual([1, 5, 15, 30, 60, 120, 240, 240, 240]);
    expect(held).toMatchObject({ attempts: 9, refusals: 0 });
  });

  it('is offered for as long as it is answered 4xx', () => {
    expect(isOffered(offerFor(20 * DAY, later).tries)).toBe(true);
  });

  it('is refused for good on five days, not by five offers', () => {
    const hour = offerFor(HOUR, never);
    expect(hour.offers).toBeGreaterThan(3);
    expect(hour.tries.refusals).toBe(1);
    expect(isOffered(offerFor(3.9 * DAY, never).tries)).toBe(true);
    expect(isOffered(offerFor(6 * DAY, never).tries)).toBe(false);
  });

  it('loses no day when the clock was set back', () => {
    const ahead = judge(never, { now: NOW + 30 * DAY }).tries!;
    expect(isHeldDue(ahead, NOW)).toBe(true);
    const back = judge(never, { held: ahead }).tries!;
    expect(back).toMatchObject({ refusals: 1, refusedAt: NOW });
    expect(judge(never, { held: back, now: NOW + DAY }).tries).toMatchObject({ refusals: 2 });
  });

  it('is not held to account for what is about us', () => {
    const judged = judge(unwelcome, { isBegun: false });
    expect(judged).toMatchObject({ next: true, tries: { attempts: 1, refusals: 0 } });
  });

  it('ends the round when nobody is there or nothing is taken now, and waits only if it was begun', () => {
    for (const outcome of [full, broken]) {
      expect(judge(outcome, { isBegun: false })).toEqual({ next: false });
      expect(judge(outcome)).toMatchObject({ next: false, tries: { attempts: 1, refusals: 0 } });
    }
  });
});
