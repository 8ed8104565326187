import { describe, expect, it } from 'vitest';
import { recipientKey } from './recipient-key';

const press = (key: string, change = {}) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, ...change });
const empty = { tokens: ['a@x.onion'], typing: '' };
const typed = { tokens: [], typing: 'bob' };

describe('recipientKey', () => {
  it('takes a suggestion with Enter and Tab, and walks through them', () => {
    expect(recipientKey(press('Tab'), typed, true)).toBe('accept');
    expect(recipientKey(press('Enter'), typed, true)).toBe('accept');
    expect(recipientKey(press('ArrowDown'), typed, true)).toBe('down');
    expect(recipientKey(press('Escape'), typed, true)).toBe('dismiss');
  });

  it('leaves Tab, Escape and sending alone otherwise', () => {
    expect(recipientKey(press('Tab'), typed, false)).toBeUndefined();
    expect(recipientKey(press('Tab', { shiftKey: true }), typed, true)).toBeUndefined();
    expect(recipientKey(press('Escape'), typed, false)).toBeUndefined();
    expect(recipientKey(press('Enter', { ctrlKey: true }), typed, true)).toBeUndefined();
  });

  it('ends an address with a space, but not a name', () => {
    expect(recipientKey(press(' '), typed, false)).toBeUndefined();
    expect(recipientKey(press(' '), { tokens: [], typing: 'bob@x.onion' }, false)).toBe('accept');
    expect(recipientKey(press(' '), { tokens: [], typing: 'Bob <bob@x' }, false)).toBeUndefined();
  });

  it('removes the last token from an empty input only', () => {
    expect(recipientKey(press('Backspace'), empty, false)).toBe('remove-last');
    expect(recipientKey(press('Backspace'), typed, false)).toBeUndefined();
  });
});
