import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { startTestListener, bobOnion } from '../../testing/test-listener';

const NOBODY = 65_534;

/** What another user does: says hello at every port of loopback and every Unix socket, and keeps what comes. */
const spy = `
  const { readFileSync } = require('node:fs');
  const { connect } = require('node:net');
  const rows = (table) => readFileSync(table, 'utf8').split('\\n').slice(1).map((line) => line.trim().split(/\\s+/));
  const ports = rows('/proc/net/tcp').filter((row) => row[3] === '0A').map((row) => parseInt(row[1].split(':')[1], 16));
  const sockets = rows('/proc/net/unix').filter((row) => row[3] === '00010000').map((row) => row[7]);
  const ask = (place) => new Promise((resolve) => {
    const socket = connect(place);
    let heard = '';
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (data) => { heard += data; socket.destroy(); });
    socket.on('error', (error) => { heard += error.code; });
    socket.on('close', () => resolve([String(place.path ?? place.port), heard]));
    // A door that says nothing by itself is asked for a key.
    setTimeout(() => socket.write('GET /pks/lookup?op=index HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'), 200);
  });
  const places = [...ports.map((port) => ({ port, host: '127.0.0.1' })), ...sockets.filter((path) => path && path[0] === '/').map((path) => ({ path }))];
  Promise.all(places.map(ask)).then((all) => console.log(JSON.stringify(all)));
`;

async function spied(): Promise<[string, string][]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', spy], { uid: NOBODY, gid: NOBODY, cwd: '/' });
  return JSON.parse(stdout) as [string, string][];
}

let network: LoopbackNetwork;
let core: TestCore;
let identities: Identity[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  identities = [await makeIdentity(core, 'work'), await makeIdentity(core, 'secret')];
});
afterEach(async () => {
  await core.remove();
  await network.stop();
});

// To become somebody else needs root, as in the container that runs the tests.
describe.runIf(process.getuid?.() === 0)('another user of the machine', () => {
  it('hears the name of no identity at any port, and can open no socket of ours', async () => {
    const heard = await spied();
    for (const { onion } of identities) expect(JSON.stringify(heard)).not.toContain(onion.slice(0, 56));
    const folder = dirname((await core.inside.sockets.next()) ?? '');
    const ours = heard.filter(([place]) => dirname(place) === folder);
    expect(ours.length).toBeGreaterThanOrEqual(4);
    expect(ours.every(([, answer]) => answer === 'EACCES')).toBe(true);
  });

  it('would hear it at a loopback port', async () => {
    const { server } = await startTestListener();
    expect(JSON.stringify(await spied())).toContain(bobOnion);
    await server.stop();
  });
});

it('has a folder of its own for its sockets, which goes when the program ends', async () => {
  const path = await core.inside.sockets.next();
  const folder = dirname(path ?? '');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await core.stop();
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
