import { describe, expect, it } from 'vitest';
import { GUEST_READING_DAYS } from '../client-limits';
import { DAY_MS } from '../time';
import { guestPhase, refuseForGuest } from './guest-agreement';

const NOW = Date.UTC(2026, 4, 17);
const agreement = { quota: 1_000, endsAt: NOW + 10 * DAY_MS };

describe('an agreement with a guest', () => {
  it('is in force to its last moment, then lets the guest read, then is over', () => {
    const { endsAt } = agreement;
    const over = endsAt + GUEST_READING_DAYS * DAY_MS;
    expect([NOW, endsAt - 1, endsAt, over - 1, over].map((at) => guestPhase(agreement, at))).toEqual([
      'in-force',
      'in-force',
      'reading',
      'reading',
      'over',
    ]);
    expect(guestPhase({ quota: 1 }, NOW + 1_000_000 * DAY_MS)).toBe('in-force');
  });

  it('takes mail to the last octet, and tells a sender to try again where room may come', () => {
    const asked = { now: NOW, used: 900 };
    expect(refuseForGuest(agreement, { ...asked, size: 100 })).toBeUndefined();
    expect(refuseForGuest(agreement, { ...asked, size: 101 })).toMatchObject({ code: 452 });
    expect(refuseForGuest(agreement, { ...asked, used: 5_000, size: 0 })).toMatchObject({ code: 452 });
  });

  it('refuses for good what can never fit, and all mail when it has ended', () => {
    expect(refuseForGuest(agreement, { now: NOW, used: 0, size: 1_001 })).toMatchObject({ code: 552 });
    const ended = { now: agreement.endsAt, used: 0, size: 1 };
    expect(refuseForGuest(agreement, ended)).toMatchObject({ code: 550, enhanced: '5.1.1' });
  });
});
