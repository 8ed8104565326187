import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { nameLimitOf } from './name-limit';

describe('the names that a trust signature is limited to', () => {
  const limit = nameLimitOf('<[^>]+[@.]harbour\\.onion>$');

  it.each([
    '<bob@harbour.onion>',
    'Bob <bob@harbour.onion>',
    '<bob@inner.harbour.onion>',
    '<BOB@HARBOUR.ONION>',
    'a < b <<x@harbour.onion>',
    '> <b@harbour.onion>',
  ])('%s lies within', (userId) => {
    expect(limit(userId)).toBe(true);
  });

  it.each([
    'bob@harbour.onion',
    '<bob@otherharbour.onion>',
    '<bob@harbour.onion> ',
    '<bob@harbour.onion.evil>',
    '<bob@harbourxonion>',
    '<@harbour.onion>',
    '<bob>@harbour.onion>',
    'harbour.onion>',
    '',
  ])('%s does not', (userId) => {
    expect(limit(userId)).toBe(false);
  });

  it.each([
    '.*',
    'harbour.onion',
    '<[^>]+[@.]harbour.onion>$',
    '<[^>]+[@.](a+)+>$',
    '<[^>]+[@.]>$',
    '<[^>]+@harbour\\.onion>$',
    '<[^>]+[@.]\\.onion>$',
    '<[^>]+[@.]a\\.\\.b>$',
    '<[^>]+[@.]a$',
    `<[^>]+[@.]${'a'.repeat(64)}>$`,
    '<[^>]+[@.]a\\.b\n>$',
  ])('the expression %s fits no User ID', (regex) => {
    expect(nameLimitOf(regex)('<bob@harbour.onion>')).toBe(false);
    expect(nameLimitOf(regex)('<bob@a>')).toBe(false);
  });

  it('are all names when the expression is empty', () => {
    expect(nameLimitOf('')('<bob@harbour.onion>')).toBe(true);
  });

  it('is told of a long name at a cost that grows with it', async () => {
    const tell = (amount: number): void => {
      const name = '<'.repeat(250_000 * amount);
      expect([limit(`${name}@harbour.onion`), limit(`${name}@harbour.onion>`)]).toEqual([false, true]);
    };
    expect(await growth(tell)).toBeLessThan(LINEAR);
  });
});
