import { describe, expect, it } from 'vitest';
import { Fingerprint } from '../../shared/ids';
import { ImportProblem } from '../../shared/key-life';
import {
  destroyedAtOnce,
  importProblemWords,
  keepingOptions,
  keepingSentence,
  keyExpiry,
  retiredText,
  rotationOptions,
} from './key-life-words';

const day = 24 * 60 * 60_000;
const now = new Date(2026, 4, 14, 15, 0).getTime();
const retired = (daysAgo: number) => ({
  fingerprint: Fingerprint.parse('A'.repeat(40)),
  kind: 'subkey' as const,
  retiredAt: now - daysAgo * day,
});

describe('the end of a renewed key', () => {
  it('is so many years from today, or never', () => {
    expect(keyExpiry('two-years', now)).toBe(new Date(2028, 4, 14, 15, 0).getTime());
    expect(keyExpiry('always', now)).toBeNull();
  });
});

describe('the policy of keys', () => {
  it('offers what is set, even when no list has it', () => {
    expect(rotationOptions({ rotateEveryDays: 180, keepOldDays: 0 })).toHaveLength(4);
    expect(rotationOptions({ rotateEveryDays: 17, keepOldDays: 0 }).at(-1)).toEqual({
      value: '17',
      label: 'Every 17 days',
    });
    expect(keepingOptions({ rotateEveryDays: 0, keepOldDays: 400 }).at(-1)?.label).toBe('Destroy after 400 days');
  });

  it('says what a destroyed key means', () => {
    expect(keepingSentence({ rotateEveryDays: 0, keepOldDays: 30 })).toContain('can never be opened');
    expect(keepingSentence({ rotateEveryDays: 0, keepOldDays: 0 })).toContain('can always be opened');
  });

  it('counts what it destroys at once, to the day', () => {
    const keys = [retired(29), retired(30), retired(31)];
    expect(destroyedAtOnce({ policy: { rotateEveryDays: 0, keepOldDays: 30 }, retired: keys, now })).toBe(2);
    expect(destroyedAtOnce({ policy: { rotateEveryDays: 0, keepOldDays: 0 }, retired: keys, now })).toBe(0);
  });
});

describe('an old key', () => {
  it('says when it ends', () => {
    expect(retiredText(retired(1))).toMatch(/^Encryption key until .*2026, kept$/u);
    expect(retiredText({ ...retired(1), kind: 'key', destroyedAt: now + day })).toMatch(
      /^Whole key until .*, destroyed on .*2026$/u,
    );
  });
});

describe('a key that cannot be imported', () => {
  it.each(ImportProblem.options)('is explained in a sentence: %s', (problem) => {
    expect(importProblemWords[problem]).toMatch(/^[A-Z].*\.$/u);
  });
});
