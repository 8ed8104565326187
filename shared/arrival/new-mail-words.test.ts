import { expect, it } from 'vitest';
import { newMailWords } from './new-mail-words';

it.each([
  [1, 0, 'One new message'],
  [3, 0, '3 new messages'],
  [1, 1, 'One new message, written days ago'],
  [3, 1, '3 new messages, 1 of them written days ago'],
  [3, 3, '3 new messages, all of them written days ago'],
])('of %i new messages, %i of them late, it says «%s»', (count, late, words) =>
  expect(newMailWords({ count, late })).toBe(words),
);
