import { expect, test } from 'vitest';
import type { Glance } from '../../../shared/glance';
import { NewMailNotice } from './new-mail-notice';

function desk() {
  /** What stands on the desktop now. */
  const shown: string[] = [];
  const told: string[] = [];
  const notice = new NewMailNotice((body) => {
    shown.push(body);
    told.push(body);
    return () => void shown.splice(shown.indexOf(body), 1);
  });
  const arrive = (
    count: number,
    change: Partial<Glance> & { readonly looking?: boolean; readonly late?: number } = {},
  ) => {
    const { looking = false, late = 0, ...rest } = change;
    const states = { profile: 'unlocked', tor: 'online', unread: count, waiting: 0, keepsFor: 0 } as const;
    notice.follow({ ...states, notifies: true, arrived: { count, late }, ...rest }, looking);
  };
  return { notice, arrive, shown, told };
}

test('mail is told once, as one notice with the number since the person looked', () => {
  const { notice, arrive, shown, told } = desk();
  arrive(0);
  arrive(1);
  arrive(1, { tor: 'connecting' });
  arrive(3, { late: 1 });
  expect(shown).toEqual(['3 new messages, 1 of them written days ago']);
  expect(told).toHaveLength(2);
  notice.looked();
  expect(shown).toEqual([]);
  arrive(4, { late: 1 });
  expect(shown).toEqual(['One new message']);
});

test('mail that comes while the person looks is not told, then or later', () => {
  const { arrive, shown } = desk();
  arrive(2, { looking: true });
  expect(shown).toEqual([]);
  arrive(3);
  expect(shown).toEqual(['One new message']);
});

test('behind a locked window not even the number is told', () => {
  const { arrive, told } = desk();
  arrive(7, { profile: 'window-locked' });
  expect(told).toEqual(['There is new mail']);
});

test('who wants no notices gets none', () => {
  const { arrive, told } = desk();
  arrive(1, { notifies: false });
  arrive(2, { notifies: false, profile: 'window-locked' });
  expect(told).toEqual([]);
});

test('a core that was started anew counts anew', () => {
  const { arrive, told } = desk();
  arrive(9);
  arrive(0, { profile: 'locked', notifies: false });
  arrive(2);
  expect(told).toEqual(['9 new messages', '2 new messages']);
});
