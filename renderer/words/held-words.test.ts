import { describe, expect, it } from 'vitest';
import { makeDelivery, NOON } from '../testing/sample-mail';
import { awayTitle, isSimplyAway, keptSentence, listed } from './held-words';
import { addressWithin, differences, spoken } from './card-words';
import { dayText, fullDate, shortDay, timeText } from './date-text';

describe('names in a sentence', () => {
  it.each([
    [[], ''],
    [['Dave'], 'Dave'],
    [['Dave', 'Erin'], 'Dave and Erin'],
    [['Dave', 'Erin', 'Finn'], 'Dave, Erin and Finn'],
  ])('%j are %s', (names, text) => {
    expect(listed(names)).toBe(text);
  });
});

describe('mail that somebody keeps', () => {
  const until = NOON + 3 * 86_400_000;
  const day = shortDay(until, NOON);

  it('names the keepers when all are known', () => {
    const delivery = makeDelivery(1, { state: 'held', heldBy: 2, heldUntil: until });
    expect(keptSentence(delivery, NOON, ['Dave', 'Erin'])).toBe(
      `Kept by Dave and Erin until they are online, at most until ${day}`,
    );
  });

  it('only counts them when one is a stranger', () => {
    const delivery = makeDelivery(1, { state: 'held', heldBy: 2, heldUntil: until });
    expect(keptSentence(delivery, NOON, ['Dave'])).toBe(`Kept by 2 friends of theirs until ${day}`);
  });

  it('promises no day that is not known', () => {
    const delivery = makeDelivery(1, { state: 'held', heldBy: 1 });
    expect(keptSentence(delivery, NOON)).toBe('Kept by a friend of theirs until they are online');
    expect(keptSentence(delivery, NOON, ['Dave'])).toBe('Kept by Dave until they are online');
  });
});

describe('somebody who is away', () => {
  it('is simply so only when nothing worse is known', () => {
    const reasons = (['none', 'offline', 'timed-out', 'busy', 'refused', 'key-changed'] as const).filter((reason) =>
      isSimplyAway(makeDelivery(1, { reason })),
    );
    expect(reasons).toEqual(['none', 'offline', 'timed-out']);
    expect(isSimplyAway(makeDelivery(1, { state: 'held', reason: 'offline' }))).toBe(false);
  });

  it('has people with whom mail can be left, or not', () => {
    expect([0, 1, 2].map(awayTitle)).toEqual([
      'Waiting until you are both online',
      'Recipient offline; can be left with 1 person',
      'Recipient offline; can be left with 2 people',
    ]);
  });
});

describe('what is compared aloud', () => {
  it('is said in words that no bad line mixes up', () => {
    expect(spoken('4A0F')).toBe('four Alfa zero Foxtrot');
  });

  it('differs at positions, and in everything that one has more', () => {
    expect(differences('abcd', 'abXd')).toEqual([2]);
    expect(differences('ab', 'abcd')).toEqual([2, 3]);
    expect(differences('same', 'same')).toEqual([]);
  });

  it('finds the address in a text that was refused', () => {
    expect(addressWithin('mailto:Bob@EXAMPLE.onion?fpr=1')).toBe('bob@example.onion');
    expect(addressWithin('nothing here')).toBeUndefined();
    expect(addressWithin(`${' '.repeat(3_000)}bob@example.onion`)).toBeUndefined();
  });
});

describe('a moment in a sentence', () => {
  const now = new Date(2026, 4, 14, 15, 0).getTime();
  const at = (month: number, day: number, year = 2026) => new Date(year, month, day, 9, 5).getTime();

  it('is a time today, a weekday within a week in both directions, else a date', () => {
    expect(timeText(at(4, 14), now)).toMatch(/^\D*9.05/u);
    expect(timeText(at(4, 10), now)).toMatch(/^\p{L}+.*9.05/u);
    expect(timeText(at(4, 18), now)).toMatch(/^\p{L}+.*9.05/u);
    expect(timeText(at(2, 1), now)).toMatch(/1/);
  });

  it('has its year only when it is another one', () => {
    expect(shortDay(at(2, 1), now)).not.toContain('2026');
    expect(shortDay(at(2, 1, 2025), now)).toContain('2025');
    expect(dayText(at(2, 1))).toContain('2026');
    expect(fullDate(at(2, 1))).toMatch(/2026.*9.05/u);
  });
});
