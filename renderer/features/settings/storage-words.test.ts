import { describe, expect, it } from 'vitest';
import { amountText, freeWords, keysText, requestsText } from './storage-words';

const MB = 1_024 ** 2;

describe('what takes room', () => {
  it('is told in messages and in bytes', () => {
    expect(amountText({ count: 0, bytes: 0 })).toBe('Nothing');
    expect(amountText({ count: 1, bytes: 900 })).toBe('1 message, about 900 bytes');
    expect(requestsText({ count: 12, bytes: 3.4 * MB, limit: 200 * MB })).toBe('12 messages, about 3.4 MB of 200 MB');
    expect(keysText({ count: 1, bytes: 2_048 })).toBe('1 key, 2.0 KB');
  });

  it('is asked about before it is deleted, one message or many', () => {
    expect(freeWords.held.text({ count: 1, bytes: 1 })).toContain('1 message for people who are away is deleted');
    expect(freeWords.requests.text({ count: 2, bytes: 1 })).toContain('2 messages from people you do not know are');
    expect(freeWords.trash.text({ count: 2, bytes: 1 })).toContain('are deleted for good');
  });
});
