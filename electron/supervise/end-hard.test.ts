import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endHard } from './end-hard';

it('ends a process that hears no request, and says nothing of one that is gone', async () => {
  const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6)"]);
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  endHard(child.pid!);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(() => endHard(child.pid!)).not.toThrow();
});
