import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Person } from '../harness/people/person';
import { programOf, processTree } from '../harness/process/process-tree';
import { temporaryFolder } from '../harness/process/temporary-folder';
import { obfs4Program, startObfs4Bridge } from '../tornet/obfs4-bridge';
import type { Obfs4Bridge } from '../tornet/obfs4-bridge';

let bridge: Obfs4Bridge;
let alice: Person;
let bob: Person;
const bundle = temporaryFolder('bundle');

/**
 * Alice has a tor with the transports of a bundle beside it, in which our bridge is the one that came along; the
 * program is the system's under the bundle's name.
 */
beforeAll(async () => {
  const { torrc } = inject('tornet');
  bridge = await startObfs4Bridge(torrc);
  const tor = makeBundle(bundle.path, bridge.line);
  [alice, bob] = await Promise.all([
    Person.start({
      name: 'alice',
      torrc,
      localParts: ['alice'],
      env: { POSTHORN_TOR: tor },
      args: ['--bridges', 'obfs4'],
    }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
});
afterAll(async () => {
  await Promise.all([alice.end(), bob.end()]);
  await bridge.stop();
  bundle.remove();
});

function makeBundle(folder: string, line: string): string {
  const transports = join(folder, 'Tor bundle', 'pluggable_transports');
  mkdirSync(transports, { recursive: true });
  const config = {
    recommendedDefault: 'obfs4',
    pluggableTransports: { lyrebird: 'ClientTransportPlugin meek_lite,obfs4 exec ${pt_path}lyrebird' },
    bridges: { obfs4: [line] },
  };
  writeFileSync(join(transports, 'pt_config.json'), JSON.stringify(config));
  cpSync(obfs4Program, join(transports, 'lyrebird'));
  const tor = join(folder, 'Tor bundle', 'tor');
  writeFileSync(tor, `#!/bin/sh\nexec ${execFileSync('sh', ['-c', 'command -v tor']).toString().trim()} "$@"\n`);
  chmodSync(tor, 0o755);
  return tor;
}

async function relays(): Promise<string[]> {
  const tor = await alice.tor();
  const lines = await tor.command('GETINFO orconn-status');
  tor.close();
  return lines.filter((line) => line.includes('CONNECTED'));
}

test('mail goes both ways by the obfs4 bridge that came along with tor, and by nothing else', async () => {
  const settings = await alice.core.call('settings.get', {});
  expect(settings).toMatchObject({ builtInBridges: 'obfs4', bridges: [] });
  const { tor } = await alice.core.call('tor.about', {});
  expect(tor).toMatchObject({ origin: 'named', recommended: 'obfs4' });
  expect(tor?.transports).toContainEqual({ transport: 'obfs4', program: true, builtIn: 1 });

  await alice.send({ from: alice.identity, to: bob.identity.address, subject: 'By the bridge' });
  await bob.received('By the bridge');
  await bob.send({ from: bob.identity, to: alice.identity.address, subject: 'And back' });
  await alice.received('And back');

  expect(await relays()).toHaveLength(1);
  expect(processTree(alice.node.pid ?? 0).map(programOf)).toContainEqual(
    expect.stringMatching(/Tor bundle.*lyrebird$/u),
  );
});

test('the command line says which tor it is and which bridges there are', async () => {
  const said = async (...args: string[]) => (await alice.node.posthorn(args)).stdout;
  expect(await said('tor')).toMatch(/\nthe tor [\d.]+ that POSTHORN_TOR names, not checked by Posthorn\n$/u);
  expect(await said('bridges')).toMatch(/^in use {2}obfs4\nobfs4 +can be chosen \(recommended\)\n/u);
  expect((await bob.node.posthorn(['tor'])).stdout).toMatch(/not checked by Posthorn\n$/u);
});

test('an own line of a transport that this tor lacks is refused, and nothing is closed', async () => {
  const settings = await alice.core.call('settings.get', {});
  const since = alice.core.mark;
  await expect(
    alice.core.call('settings.set', {
      ...settings,
      builtInBridges: 'none',
      bridges: [`webtunnel 192.0.2.1:443 ${'A'.repeat(40)} url=https://bridge.example`],
    }),
  ).rejects.toMatchObject({ code: 'invalid-call', message: expect.stringContaining('no webtunnel') as string });
  expect(await alice.core.call('settings.get', {})).toEqual(settings);
  expect(await alice.core.call('tor.status', {})).toMatchObject({ phase: 'online' });
  expect(alice.core.mark).toBe(since);
});

test('the same bridge as a line of one’s own', async () => {
  const settings = await alice.core.call('settings.get', {});
  const since = alice.core.mark;
  await alice.core.call('settings.set', { ...settings, builtInBridges: 'none', bridges: [bridge.line] });
  await alice.phase('online', since);
  await alice.send({ from: alice.identity, to: bob.identity.address, subject: 'By my own line' });
  expect(await relays()).toHaveLength(1);
});
