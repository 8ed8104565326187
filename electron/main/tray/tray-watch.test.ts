import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeMessage, encodeCall, readStrings } from './bus-message';
import { busPath } from './session-bus';
import { TrayWatch } from './tray-watch';

const call = {
  serial: 7,
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'NameHasOwner',
  body: ['org.kde.StatusNotifierWatcher', 'é'],
};

describe('a message of the bus', () => {
  it('is read as it was written, also when it comes in pieces', () => {
    const octets = encodeCall(call);
    for (let length = 0; length < octets.length; length += 1)
      expect(decodeMessage(octets.subarray(0, length))).toBeUndefined();
    const read = decodeMessage(Buffer.concat([octets, octets]));
    expect(read).toMatchObject({ length: octets.length, message: { kind: 'other', member: 'NameHasOwner' } });
    expect(readStrings(read!.message.body, 2)).toEqual(call.body);
  });

  it('of any octets is one, or none, or refused, and never more than has come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        const octets = Buffer.concat([Buffer.from([0x6c, 2, 0, 1]), tail]);
        try {
          expect(decodeMessage(octets)?.length ?? 0).toBeLessThanOrEqual(octets.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

describe('where the bus is', () => {
  it.each([
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x,guid=00ff' }, '\0/tmp/dbus-x'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=localhost,port=1;unix:guid=0,path=/a%20b' }, '/a b'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=localhost,port=1' }, undefined],
    [{ DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/run/user/7' }, '/run/user/7/bus'],
    [{}, undefined],
  ])('%j', (environment, path) => {
    expect(busPath(environment)).toBe(path);
  });
});

describe('a desktop', () => {
  let folder: string;
  let path: string;
  let watch: TrayWatch;
  let changes: boolean[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'posthorn-bus-'));
    path = join(folder, 'bus');
    changes = [];
    watch = new TrayWatch((present) => void changes.push(present));
  });
  afterEach(() => {
    watch.stop();
    rmSync(folder, { recursive: true });
  });
  const start = (platform: NodeJS.Platform = 'linux'): Promise<void> =>
    watch.start({ platform, env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` } });

  it('without a bus has no tray', async () => {
    await start();
    expect(watch.present).toBe(false);
  });

  it('of another system has one', async () => {
    await start('win32');
    expect(changes).toEqual([true]);
  });

  it('with a bus and nobody who shows icons has no tray', async () => {
    const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address', `--address=unix:path=${path}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(daemon, 'exit');
    try {
      await once(daemon.stdout, 'data');
      await start();
      expect([watch.present, changes]).toEqual([false, []]);
    } finally {
      daemon.kill();
      await ended;
    }
  });

  it.each([
    ['says nothing and goes', ''],
    ['does not let us in', 'REJECTED EXTERNAL\r\n'],
    ['lets us in and talks nonsense', 'OK 0123\r\nnonsense that is no message at all'],
  ])('whose bus %s has no tray', async (_what, greeting) => {
    const server = await serve(path, greeting);
    await start();
    expect(watch.present).toBe(false);
    server.close();
  });
});

/** A socket that greets each caller with these words, and then ends. */
async function serve(path: string, greeting: string): Promise<Server> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(greeting));
  });
  server.listen(path);
  await once(server, 'listening');
  return server;
}
