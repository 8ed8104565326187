import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

/** What the program prints. */
type Printed = { torrc: string[]; pids: number[] };

let scratch: string;
let program: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'posthorn-tornet-test-'));
  program = join(scratch, 'tornet.cjs');
  const entry = fileURLToPath(new URL('cli.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

function start(): { child: ChildProcess; printed: Promise<Printed> } {
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: scratch },
  });
  const printed = once(child.stdout, 'data').then(([text]) => JSON.parse(String(text)) as Printed);
  return { child, printed };
}

/** A process that has ended but whose parent has not asked for it yet does not count. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

function leftovers(): string[] {
  return readdirSync(scratch).filter((name) => name.startsWith('posthorn-tornet-'));
}

test.each([
  ['its input ends', (child: ChildProcess) => child.stdin?.end()],
  ['it is asked to end', (child: ChildProcess) => child.kill('SIGTERM')],
  ['it is killed', (child: ChildProcess) => child.kill('SIGKILL')],
])('the network and its files are gone when %s', async (_name, end) => {
  const { child, printed } = start();
  const { torrc, pids } = await printed;
  expect(torrc.filter((line) => line.startsWith('DirAuthority '))).toHaveLength(5);
  expect(pids.map(isAlive)).toEqual([true, true, true, true, true]);
  expect(leftovers()).toHaveLength(1);
  const ended = once(child, 'exit');
  end(child);
  await ended;
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false, false, false, false]));
  await vi.waitFor(() => expect(leftovers()).toEqual([]));
});

test('it ends at once when asked while it starts', async () => {
  const { child, printed } = start();
  void printed.catch(() => undefined);
  await vi.waitFor(() => expect(leftovers()).toHaveLength(1));
  child.stdin?.end();
  await once(child, 'exit');
  await vi.waitFor(() => expect(leftovers()).toEqual([]));
});
