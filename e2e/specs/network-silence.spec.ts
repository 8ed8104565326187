import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { electronProgram } from '../harness/window/electron-program';
import { unlockProfile } from '../harness/people/first-run';
import { NetworkTrace, torNetworkPorts, violations } from '../harness/process/network-trace';
import { Person } from '../harness/people/person';
import { temporaryFolder } from '../harness/process/temporary-folder';
import { controlPathOf, TorControl } from '../harness/tor/tor-control';
import { tornetLines } from '../harness/tor/tornet-lines';
import { lockedWindow } from '../harness/window/locked-window';
import { randomFile, reachable, startPerson } from '../harness/window/window-person';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';

test('a whole life of the window reaches nothing but Tor and itself', async () => {
  const torrc = tornetLines();
  const folder = temporaryFolder('trace');
  const trace = new NetworkTrace(folder.path);
  const bob = await Person.start({ name: 'bob', torrc, localParts: ['bob'] });
  const alice = await underTrace(trace, folder.path, () => startPerson({ localPart: 'alice', torrc }));
  let controlPath = '';
  try {
    const { page } = alice;
    const file = randomFile(alice, { name: 'file.bin', octets: 60_000 });
    await writeMail(page, {
      to: [bob.identity.address],
      subject: 'with a file',
      text: 'Hello Bob.',
      files: [file.path],
    });
    await bob.received('with a file');
    await bob.send({
      from: bob.identity,
      to: alice.address,
      subject: 'an answer',
      text: 'See http://192.0.2.80/ and <img src="http://192.0.2.81/pixel">.',
    });
    await openFolder(page, 'inbox');
    await openMessage(page, 'an answer');

    const control = await TorControl.open(alice.profile);
    process.kill(await control.pid(), 'SIGKILL');
    control.close();
    await writeMail(page, { to: [bob.identity.address], subject: 'after the kill', text: 'Still here.' });
    await bob.received('after the kill');

    const { page: renewed } = await lockedWindow(alice, () => page.getByTestId('lock').click());
    await unlockProfile(renewed);
    await reachable(renewed);
    await bob.send({ from: bob.identity, to: alice.address, subject: 'after the lock' });
    await openFolder(renewed, 'inbox');
    await openMessage(renewed, 'after the lock');
    controlPath = controlPathOf(alice.profile);
  } finally {
    await alice.close();
    await bob.end();
  }
  const calls = await trace.read();
  expect(
    calls.filter(
      ({ program, call, port }) => program === 'tor' && call === 'connect' && torNetworkPorts(torrc).has(port ?? 0),
    ).length,
  ).toBeGreaterThan(1);
  // Tor's control port twice; both its ports are Unix sockets, and so there is no other network for the program.
  const ours = calls.filter(({ program, call }) => program !== 'tor' && call === 'connect');
  expect(ours.filter(({ line }) => line.includes(controlPath)).length).toBeGreaterThan(1);
  expect(ours.filter(({ family }) => family.startsWith('AF_INET'))).toEqual([]);
  expect(violations(calls, { torNetwork: torNetworkPorts(torrc) })).toEqual([]);
  alice.remove();
  folder.remove();
});

/** Whatever `start` starts as Electron is started under the trace. */
async function underTrace<T>(trace: NetworkTrace, folder: string, start: () => Promise<T>): Promise<T> {
  const before = process.env['POSTHORN_ELECTRON'];
  const wrapper = join(folder, 'electron');
  const words = [...trace.command, await electronProgram()].map((word) => `'${word}'`);
  writeFileSync(wrapper, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(wrapper, 0o700);
  process.env['POSTHORN_ELECTRON'] = wrapper;
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env['POSTHORN_ELECTRON'];
    else process.env['POSTHORN_ELECTRON'] = before;
  }
}
