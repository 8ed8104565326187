import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

/** A folder as an earlier start has left it: its sockets are there, and nobody listens. */
async function leftBehind(
  o: { readonly age?: number; readonly mode?: number; readonly file?: string } = {},
): Promise<string> {
  const folder = await mkdtemp(join(parent, 'posthorn-'));
  const left = `const server = require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'));`;
  for (const name of ['0123456789ab', 'ba9876543210'])
    await new Promise((resolve) => execFile(process.execPath, ['-e', left, join(folder, name)], resolve));
  if (o.file !== undefined) await writeFile(join(folder, o.file), 'x');
  await chmod(folder, o.mode ?? 0o700);
  const then = new Date(Date.now() - (o.age ?? 2) * 3_600_000);
  await utimes(folder, then, then);
  return basename(folder);
}

it('removes the folder of a start that was killed, and no other', async () => {
  const stale = await leftBehind();
  const empty = await mkdtemp(join(parent, 'posthorn-'));
  await utimes(empty, 0, 0);
  const kept = [
    await leftBehind({ age: 0 }),
    await leftBehind({ mode: 0o750 }),
    await leftBehind({ file: 'letter.txt' }),
    await leftBehind({ file: 'aaaaaaaaaaaa' }),
  ];
  const running = await leftBehind();
  const server = createServer().listen(join(parent, running, 'cccccccccccc'));
  await once(server, 'listening');
  await utimes(join(parent, running), 0, 0);
  await mkdir(join(parent, 'posthorn-mail-x'), { mode: 0o700 });
  await symlink(parent, join(parent, 'posthorn-linked'));
  const sockets = createPrivateSockets({ log, parents: [parent] });
  const own = basename(dirname((await sockets.next()) ?? ''));
  expect(stale).not.toBe(own);
  const wanted = [...kept, running, own, 'posthorn-mail-x', 'posthorn-linked'];
  expect((await readdir(parent)).sort()).toEqual(wanted.sort());
  server.close();
  await sockets.close();
});

it('makes its folder anew when it is gone, in another parent when that is gone, too', async () => {
  const session = join(parent, 'session');
  await mkdir(session, { mode: 0o700 });
  const sockets = createPrivateSockets({ log, parents: [session, parent] });
  const first = (await sockets.next()) ?? '';
  await rm(dirname(first), { recursive: true });
  const second = (await sockets.next()) ?? '';
  expect(dirname(dirname(second))).toBe(session);
  expect(await readdir(session)).toEqual([basename(dirname(second))]);
  await rm(session, { recursive: true });
  expect(dirname(dirname((await sockets.next()) ?? ''))).toBe(parent);
  await sockets.close();
});
