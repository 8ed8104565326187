import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

/** What `watchPulse` does, at another pace, in a program that then does `work`. */
async function run(work: string): Promise<{ code: number | null; signal: string | null; said: string }> {
  const program = `
    const { Worker } = require('node:worker_threads');
    const thread = new Worker(${JSON.stringify(resolve('dist/headless/pulse-thread.cjs'))}, { workerData: { tickMs: 10 } });
    thread.unref();
    thread.on('message', () => thread.postMessage('pong'));
    let pings = 0;
    thread.on('message', () => { pings += 1; if (pings === 3) { ${work} } });
    setTimeout(() => undefined, 60_000).ref();
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, said };
}

it('ends a program that stands still, and says so', async () => {
  expect(await run('for (;;);')).toEqual({
    code: null,
    signal: 'SIGKILL',
    said: 'posthorn: the program stood still and was ended. Mail is as it was; start it again.\n',
  });
});

it('waits for a program that has said it is busy', async () => {
  // 200 ticks: more than ten minutes at its usual pace.
  const busy = 'thread.postMessage("busy"); const end = Date.now() + 2_000; while (Date.now() < end); process.exit(6);';
  expect(await run(busy)).toEqual({ code: 6, signal: null, said: '' });
});

it('keeps no program from ending', async () => {
  expect(await run('process.exit(5);')).toEqual({ code: 5, signal: null, said: '' });
});
