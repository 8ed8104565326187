import { expect, test } from 'vitest';
import { testTorrcLines } from './private-network';

const env = { POSTHORN_TEST_TORRC: '["DirAllowPrivateAddresses 1"]' };

test('counts where it is allowed, and only there', () => {
  expect(testTorrcLines({ allow: true, env })).toEqual(['DirAllowPrivateAddresses 1']);
  expect(testTorrcLines({ allow: false, env })).toEqual([]);
  expect(testTorrcLines({ allow: true, env: {} })).toEqual([]);
});

test.each(['{}', '[1]', '"text"', 'no json'])('%s is refused', (text) => {
  expect(() => testTorrcLines({ allow: true, env: { POSTHORN_TEST_TORRC: text } })).toThrow();
});
