import { describe, expect, it } from 'vitest';
import { importLines } from './import-words';

const none = { withoutAddress: 0, notCertified: 0, unreadable: 0, tooMany: 0 };

describe('importLines', () => {
  it('says what was taken in', () => {
    expect(importLines({ keys: 1, certifications: 3, skipped: none })).toEqual([
      '1 key and 3 certifications taken in.',
    ]);
    expect(importLines({ keys: 0, certifications: 0, skipped: none })).toEqual(['Nothing new was found.']);
  });

  it('gives a line to each reason for leaving keys out', () => {
    const lines = importLines({
      keys: 2,
      certifications: 0,
      skipped: { withoutAddress: 1, notCertified: 2, unreadable: 3, tooMany: 4 },
    });
    expect(lines).toHaveLength(5);
    expect(lines[1]).toBe('1 key was left out because it names no onion address.');
    expect(lines[2]).toBe('2 keys were left out because they are not vouched for by the onions that they name.');
  });
});
