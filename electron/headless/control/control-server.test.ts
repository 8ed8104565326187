import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientChannel } from '../../core/rpc/client-channel';
import { connectControl } from './control-client';
import { controlPath } from './control-path';
import type { ControlServer } from './control-server';
import { serveControl } from './control-server';

let profile = '';
let servers: ControlServer[] = [];
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'posthorn-control-'));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  rmSync(profile, { recursive: true });
});

/** Answers every call with a locked profile. */
function answering(channel: ClientChannel): void {
  channel.onMessage((message) => {
    channel.post({ kind: 'result', id: (message as { id: number }).id, result: { state: 'locked' } });
  });
}

async function serve(directory = profile): Promise<void> {
  servers.push(await serveControl(controlPath(directory), answering));
}

test('a call over the socket is answered, and only its owner may open it', async () => {
  await serve();
  const caller = await connectControl(profile);
  expect(await caller.call('profile.state', {})).toEqual({ state: 'locked' });
  caller.close();
  expect(statSync(controlPath(profile)).mode & 0o777).toBe(0o600);
  expect(statSync(profile).mode & 0o777).toBe(0o700);
});

test('a second Posthorn with the same profile is refused', async () => {
  await serve();
  await expect(serve()).rejects.toMatchObject({ code: 'profile-in-use' });
});

test('a socket that a killed program left behind is taken over', async () => {
  const path = controlPath(profile);
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  expect(existsSync(path)).toBe(true);
  await serve();
  (await connectControl(profile)).close();
});

test('a profile whose path is too long for a socket has it elsewhere, as private', async () => {
  const deep = join(profile, 'x'.repeat(120));
  const path = controlPath(deep);
  expect(Buffer.byteLength(path)).toBeLessThan(104);
  await serve(deep);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  rmSync(join(path, '..'), { recursive: true });
});

test('a folder among the temporary files that is a link is used by neither side', async () => {
  const deep = join(profile, 'x'.repeat(120));
  const folder = dirname(controlPath(deep));
  mkdirSync(join(profile, 'trap'));
  const trap = await serveControl(join(profile, 'trap', 'control.sock'), answering);
  servers.push(trap);
  symlinkSync(join(profile, 'trap'), folder);
  try {
    await expect(connectControl(deep)).rejects.toMatchObject({ code: 'connection-closed' });
    await expect(serve(deep)).rejects.toMatchObject({ code: 'profile-in-use' });
  } finally {
    rmSync(folder);
  }
});

test('without a running Posthorn the call says so', async () => {
  await expect(connectControl(profile)).rejects.toMatchObject({ code: 'connection-closed' });
});
