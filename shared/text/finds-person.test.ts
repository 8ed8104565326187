import { expect, it } from 'vitest';
import { findsPerson } from './finds-person';

const address = `ks7@${'k'.repeat(56)}.onion`;

it.each([
  ['López, José', 'jose lopez', true],
  ['López, José', 'José López', true],
  ['Anna  Maria', 'anna maria', true],
  ['Anna Maria', ' maria\u00a0ANNA ', true],
  ['Katharina Schmidt', 'schmidt ks7', true],
  ['Katharina Schmidt', 'ks7@', true],
  ['王小明', '小明', true],
  ['Łukasz', 'lukasz ', true],
  ['', 'ks7', true],
  ['Bob', '', true],
  ['Bob', ' , ', true],
  ['Bob', 'bob carol', false],
  ['Bob', 'bobby', false],
])('«%s» by «%s»: %s', (name, typed, isFound) => {
  expect(findsPerson({ name, address }, typed)).toBe(isFound);
});
