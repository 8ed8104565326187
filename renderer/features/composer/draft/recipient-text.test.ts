import { describe, expect, it } from 'vitest';
import { endsRecipient, splitRecipients } from './recipient-text';

describe('splitRecipients', () => {
  it.each([
    ['', []],
    ['a@x.onion', ['a@x.onion']],
    ['a@x.onion, b@y.onion; c@z.onion', ['a@x.onion', 'b@y.onion', 'c@z.onion']],
    ['a@x.onion b@y.onion\nc@z.onion', ['a@x.onion', 'b@y.onion', 'c@z.onion']],
    ['Bob Smith <bob@x.onion>, "Eve" <eve@y.onion>', ['bob@x.onion', 'eve@y.onion']],
    ['mailto:a@x.onion', ['a@x.onion']],
    ['(a@x.onion).', ['a@x.onion']],
    ['Bob Smith', ['Bob Smith']],
    ['a@x.onion, a@x.onion', ['a@x.onion']],
  ])('splits %j', (text, expected) => {
    expect(splitRecipients(text)).toEqual(expected);
  });
});

describe('endsRecipient', () => {
  it.each([
    ['bob', false],
    ['bob smith', false],
    ['a@x.onion', false],
    ['a@x.onion,', true],
    ['a@x.onion b@y.onion', true],
  ])('sees whether %j ends an address', (text, expected) => {
    expect(endsRecipient(text)).toBe(expected);
  });
});
