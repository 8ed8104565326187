import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPrivateSockets } from './private-sockets';

let parent: string;
let warnings: string[];
const log = {
  info: () => undefined,
  warn: (event: string) => void warnings.push(event),
  error: () => undefined,
};

beforeEach(async () => {
  warnings = [];
  parent = await mkdtemp(join(tmpdir(), 'sockets-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const next = (...parents: string[]): Promise<string | undefined> => createPrivateSockets({ log, parents }).next();

it('answers another path each time, in one folder', async () => {
  const sockets = createPrivateSockets({ log, parents: [parent] });
  const [one, two] = [await sockets.next(), await sockets.next()];
  expect(one).not.toBe(two);
  expect(await readdir(parent)).toHaveLength(1);
  await sockets.close();
  expect(await readdir(parent)).toEqual([]);
  expect(warnings).toEqual([]);
});

it('takes no parent that others can write into, unless it is sticky as /tmp is', async () => {
  await chmod(parent, 0o777);
  expect(await next(parent)).toBeUndefined();
  await chmod(parent, 0o1777);
  expect(await next(parent)).toContain(parent);
});

it('takes no path that is too long or that tor could not read, nor a folder that is not there, and says so', async () => {
  const long = join(parent, 'x'.repeat(100));
  const odd = join(parent, 'a b');
  await Promise.all([mkdir(long, { mode: 0o700 }), mkdir(odd, { mode: 0o700 })]);
  expect(await next(long, odd, join(parent, 'missing'))).toBeUndefined();
  expect(warnings).toEqual(['sockets.not-private']);
  expect(await next(long, parent)).toContain(parent);
  expect(await readdir(long)).toEqual([]);
});
