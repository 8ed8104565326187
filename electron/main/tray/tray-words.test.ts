import { describe, expect, it } from 'vitest';
import type { Glance } from '../../../shared/glance';
import { isOpen, trayLines, trayLook } from './tray-words';

const glance = (change: Partial<Glance> = {}): Glance => ({
  profile: 'unlocked',
  tor: 'online',
  unread: 0,
  waiting: 0,
  keepsFor: 0,
  notifies: true,
  arrived: { count: 0, late: 0 },
  ...change,
});

describe('the tray', () => {
  it('is pale while nothing can arrive, whatever is unread', () => {
    expect(trayLook(undefined)).toBe('offline');
    for (const profile of ['new', 'locked', 'opening'] as const)
      expect(trayLook(glance({ profile, unread: 3 }))).toBe('offline');
    for (const tor of ['off', 'starting', 'connecting', 'restarting', 'no-network', 'failed'] as const)
      expect(trayLook(glance({ tor, unread: 3 }))).toBe('offline');
  });

  it('is marked for unread mail, also behind a locked window', () => {
    for (const profile of ['unlocked', 'window-locked'] as const) {
      expect(trayLook(glance({ profile }))).toBe('normal');
      expect(trayLook(glance({ profile, unread: 1 }))).toBe('unread');
    }
  });

  it('says how many, and how Tor is', () => {
    expect(trayLines(glance())).toEqual(['No unread mail', 'Connected to Tor']);
    expect(trayLines(glance({ unread: 1 }))).toEqual(['One unread message', 'Connected to Tor']);
    expect(trayLines(glance({ unread: 40, tor: 'no-network' }))).toEqual(['40 unread messages', 'No network']);
  });

  it('does not claim that mail arrives when it does not', () => {
    expect(trayLines(glance({ profile: 'locked' }))).toEqual(['Locked: no mail arrives']);
    expect(trayLines(glance({ profile: 'opening' }))).toEqual(['Being opened…']);
    for (const profile of ['locked', 'opening'] as const) expect(isOpen(glance({ profile }))).toBe(false);
    expect(isOpen(glance({ profile: 'window-locked' }))).toBe(true);
  });
});
