import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { askedProfile } from './profile-directory';

test.each([
  [['electron', '.', '--profile', '/p/a'], {}, '/p/a'],
  [['electron', '.', '--profile=/p/a'], {}, '/p/a'],
  [['electron', '.', '--profile', '/p/a'], { POSTHORN_PROFILE: '/p/b' }, '/p/a'],
  [['electron', '.'], { POSTHORN_PROFILE: 'b' }, resolve('b')],
  [['electron', '.'], { POSTHORN_PROFILE: '' }, undefined],
  [['electron', '.', '--profile'], {}, undefined],
  [['electron', '.'], {}, undefined],
])('%j with %j is %j', (argv, environment, expected) => {
  expect(askedProfile(argv, environment)).toBe(expected);
});
