import { beforeEach, describe, expect, it } from 'vitest';
import {
  FREE_LOGINS,
  FREE_LOGINS_IN_ALL,
  LOGIN_FORGIVEN_MS,
  MAX_COUNTED_NAMES,
  MAX_LOGIN_QUEUE_MS,
  MAX_LOGIN_WAIT_MS,
} from '../../domain/client-limits';
import { SettableClock } from '../../testing/settable-clock';
import { LoginThrottle } from './login-throttle';

let clock: SettableClock;
let throttle: LoginThrottle;

beforeEach(() => {
  clock = new SettableClock();
  throttle = new LoginThrottle(clock);
});

/** Milliseconds that a try waits; undefined when it is refused. Time passes meanwhile. */
async function waitOf(name: string): Promise<number | undefined> {
  const before = clock.now();
  const entered = throttle.enter(name);
  for (let wait = clock.untilNextTimer(); wait !== undefined; wait = clock.untilNextTimer()) clock.advance(wait);
  return (await entered) ? clock.now() - before : undefined;
}

async function tries(name: string, count: number): Promise<(number | undefined)[]> {
  const waits = [];
  for (let turn = 0; turn < count; turn += 1) waits.push(await waitOf(name));
  return waits;
}

describe('a throttle of logins', () => {
  it('costs nothing at first, then 1, 2, 4, 8, 10 seconds between two tries of one name', async () => {
    expect(await tries('alice', FREE_LOGINS + 1)).toEqual(Array(FREE_LOGINS + 1).fill(0));
    expect(await tries('alice', 6)).toEqual([1, 2, 4, 8, 10, 10].map((seconds) => seconds * 1_000));
    expect(await waitOf('bob')).toBe(0);
  });

  it('slows down made-up names, too', async () => {
    for (let name = 0; name <= FREE_LOGINS_IN_ALL; name += 1) expect(await waitOf(`name-${String(name)}`)).toBe(0);
    expect(await waitOf('another')).toBe(1_000);
    expect(await waitOf('yet another')).toBe(2_000);
  });

  it('lets no more through when they come at once, and refuses what would wait too long', async () => {
    const all = Array.from({ length: 1_000 }, () => throttle.enter('alice'));
    const until = clock.now() + MAX_LOGIN_QUEUE_MS;
    clock.advance(MAX_LOGIN_QUEUE_MS);
    expect(clock.now()).toBe(until);
    const entered = await Promise.all(all);
    const paid = entered.filter(Boolean).length - FREE_LOGINS - 1;
    // 1 + 2 + 4 + 8 + 10 seconds fit into 30.
    expect(paid).toBe(5);
  });

  it('forgets wrong ones when the right one came, or long after', async () => {
    await tries('alice', FREE_LOGINS + 3);
    throttle.right('alice');
    expect(await waitOf('alice')).toBe(0);
    await tries('alice', FREE_LOGINS + 3);
    clock.advance(LOGIN_FORGIVEN_MS);
    expect(await waitOf('alice')).toBe(0);
  });

  it('locks nobody out when the clock is set back', async () => {
    await tries('alice', FREE_LOGINS + 10);
    clock.jump(-24 * 60 * 60_000);
    expect(await waitOf('alice')).toBeLessThanOrEqual(MAX_LOGIN_WAIT_MS);
  });

  it('ends its waits when it is closed', async () => {
    await tries('alice', FREE_LOGINS + 1);
    const waits = throttle.enter('alice');
    throttle.close();
    await waits;
    expect(clock.untilNextTimer()).toBeUndefined();
  });

  it('counts a bounded number of names', async () => {
    for (let name = 0; name < 3 * MAX_COUNTED_NAMES; name += 1) {
      await waitOf(`name-${String(name)}`);
      clock.advance(LOGIN_FORGIVEN_MS);
    }
    await tries('alice', FREE_LOGINS + 1);
    expect(await waitOf('alice')).toBe(1_000);
  });
});
