import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { findFreePorts } from '../tornet/free-ports';
import { testPassphrase } from '../harness/people/first-run';
import { NetworkTrace, torNetworkPorts, violations } from '../harness/process/network-trace';
import { Person } from '../harness/people/person';
import type { TemporaryFolder } from '../harness/process/temporary-folder';
import { temporaryFolder } from '../harness/process/temporary-folder';

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder('trace');
});
afterEach(() => folder.remove());

test('the trace sees every way out', async () => {
  const trace = new NetworkTrace(folder.path);
  const script = `
    const dgram = require('node:dgram'), net = require('node:net');
    const own = dgram.createSocket('udp4'); own.connect(5353, '127.0.0.1', () => own.close());
    const udp = dgram.createSocket('udp4'); udp.connect(53, '192.0.2.53', () => udp.close());
    const six = dgram.createSocket('udp6'); six.on('error', () => undefined).connect(443, '2001:db8::1', () => six.close());
    net.connect(25, '192.0.2.25').on('error', () => undefined).setTimeout(1, function () { this.destroy(); });
    net.connect(9, '127.0.0.1').on('error', () => undefined);
    const open = net.createServer().listen(0, '0.0.0.0', () => open.close());
    const hidden = net.createServer().listen(0, '127.0.0.1', () => hidden.close());`;
  const [program, ...args] = [...trace.command, process.execPath, '-e', script];
  await promisify(execFile)(program, args);
  const found = violations(await trace.read(), { torNetwork: new Set() }).join('\n');
  for (const sign of ['"192.0.2.53"', '"2001:db8::1"', '"192.0.2.25"', 'htons(9)', 'htons(5353)', 'bind', 'listen'])
    expect(found).toContain(sign);
  expect(found).not.toMatch(/bind.*"127\.0\.0\.1"/u);
});

test('a whole life of the program without a window reaches nothing but Tor and itself', async () => {
  const { torrc } = inject('tornet');
  const trace = new NetworkTrace(folder.path);
  const [imapPort = 0, submissionPort = 0] = await findFreePorts(2);
  const [alice, bob] = await Promise.all([
    Person.start({ name: 'alice', torrc, localParts: ['alice'], under: trace.command }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
  try {
    const [from, to] = [alice.identity, bob.identity];
    await alice.send({ from, to: to.address, subject: 'with a file', file: new Uint8Array(randomBytes(60_000)) });
    await bob.received('with a file');
    await bob.send({ from: to, to: from.address, subject: 'an answer' });
    await alice.received('an answer');

    const since = alice.core.mark;
    await alice.killTor();
    await alice.phase('restarting', since);
    const waiting = await alice.submit({ from, to: to.address, subject: 'after the kill' });
    await alice.delivery(waiting, 'delivered');

    const locking = alice.core.mark;
    await alice.core.call('profile.lock', {});
    expect(await alice.core.call('profile.unlock', { passphrase: testPassphrase })).toEqual({ outcome: 'unlocked' });
    await alice.reachable(locking);
    await alice.send({ from, to: to.address, subject: 'after the lock' });

    await alice.core.call('programs.listen', { isOn: true, imapPort, submissionPort });
    const { password } = await alice.core.call('programs.add', {
      name: 'Thunderbird',
      kind: 'thunderbird',
      identityIds: [from.id],
      form: 'unsealed',
    });
    const login = { identityId: from.id, password };
    expect(await alice.core.call('programs.test', login)).toEqual({ outcome: 'logged-in' });
  } finally {
    await Promise.all([alice.end(), bob.end()]);
  }
  const calls = await trace.read();
  // Both programs were under the trace, and did what they are for.
  expect(
    calls.filter(
      ({ program, call, port }) => program === 'tor' && call === 'connect' && torNetworkPorts(torrc).has(port!),
    ).length,
  ).toBeGreaterThan(1);
  expect(calls.filter(({ program, call }) => program !== 'tor' && call === 'connect').length).toBeGreaterThan(4);
  const listens = (isTor: boolean, of: string): number =>
    calls.filter(({ call, program, family }) => call === 'listen' && family === of && (program === 'tor') === isTor)
      .length;
  // Mail and keys of two identities. No other user of the machine can reach a Unix socket in a folder of ours.
  expect(listens(false, 'AF_UNIX')).toBeGreaterThanOrEqual(2 * 2);
  // Other mail programs come in by the two ports that were turned on, and by no other.
  const doors = calls.filter(
    ({ call, program, family }) => call === 'listen' && program !== 'tor' && family !== 'AF_UNIX',
  );
  expect(doors.map(({ address, port }) => ({ address, port }))).toEqual([
    { address: '127.0.0.1', port: imapPort },
    { address: '127.0.0.1', port: submissionPort },
  ]);
  // Streams and control of a tor that was started twice.
  expect(listens(true, 'AF_UNIX')).toBeGreaterThanOrEqual(2 * 2);
  expect(listens(true, 'AF_INET')).toBe(0);
  const ownPorts = new Set([imapPort, submissionPort]);
  expect(violations(calls, { torNetwork: torNetworkPorts(torrc), ownPorts })).toEqual([]);
});
