import { PassThrough } from 'node:stream';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import type { Identity } from '../../../../shared/identity';
import { channelPair } from '../../../core/rpc/channel-pair';
import { freePort } from '../../../core/testing/free-port';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../../core/testing/make-test-core';
import { UsageError } from '../command';
import { programs } from './programs';

let network: LoopbackNetwork;
let core: TestCore;
let caller: RpcClient;
let alice: Identity;
let ports: [string, string];

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  const [near, far] = channelPair();
  core.core.attachClient(far);
  caller = new RpcClient(near);
  alice = await makeIdentity(core, 'alice');
  ports = [String(await freePort()), String(await freePort())];
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

/** Runs the command; answers what it printed for a person. */
async function run(...args: readonly string[]): Promise<string> {
  return runWith('', args);
}

async function runWith(typed: string, args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const input = new PassThrough();
  input.end(typed);
  await programs.run({
    core: caller,
    args,
    identity: alice.address,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    input: input as unknown as NodeJS.ReadStream,
  });
  return printed.join('\n');
}

describe('posthorn programs', () => {
  it('says what to do while there is none, and lets nobody in until it is told to', async () => {
    expect(await run()).toMatch(/^Other mail programs: off\nIMAP: 127.0.0.1 port 1143\n/);
    expect(await run()).toContain('posthorn programs add NAME');
    expect(await run('list')).toBe('');
  });

  it('turns it on, by the ports that were chosen, and off', async () => {
    const [imap, submission] = ports;
    await run('ports', '--imap', imap, '--submission', submission);
    expect(await run('on')).toContain(
      `Other mail programs: on\nIMAP: 127.0.0.1 port ${imap}\nSubmission: 127.0.0.1 port ${submission}`,
    );
    await expect(run('ports', '--imap', '0')).rejects.toThrow(UsageError);
    await expect(run('ports', '--imap', submission)).rejects.toMatchObject({ code: 'port-refused' });
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = String((other.address() as AddressInfo).port);
    await expect(run('ports', '--imap', taken)).rejects.toMatchObject({ code: 'port-refused' });
    expect(await run()).toContain(`IMAP: 127.0.0.1 port ${imap}\n`);
    other.close();
    expect(await run('off')).toContain('Other mail programs: off');
  });

  it('adds a program, prints its password once, and removes it', async () => {
    const added = await run('add', 'Thunderbird', '--kind', 'thunderbird');
    expect(added).toMatch(/Password: ([0-9a-z]{5}-){3}[0-9a-z]{5}\n/);
    expect(added).toContain(`User name: ${alice.address}`);
    expect(added).toContain('posthorn programs on');
    const password = /Password: (.*)/u.exec(added)?.[1] ?? '';
    const listed = await run('list');
    expect(listed).toMatch(/^[\da-f-]{36} {2}Thunderbird {2}unsealed {2}never used {2}alice@/u);
    expect(`${listed}${await run()}`).not.toContain(password);
    await expect(run('add')).rejects.toThrow(UsageError);
    await expect(run('add', 'x', '--form', 'plain')).rejects.toThrow(UsageError);
    await run('add', 'mutt', '--form', 'sealed');
    await run('add', 'Mutt');
    await expect(run('remove', 'MUTT')).rejects.toThrow('Several');
    await expect(run('remove', 'elm')).rejects.toThrow(UsageError);
    expect(await run('remove', 'thunderbird')).toContain('Programs: 2');
    expect(await run('list')).not.toContain('Thunderbird');
  });

  it('tries a password as a program would', async () => {
    const added = await run('add', 'Tried');
    const password = /Password: (.*)/u.exec(added)?.[1] ?? '';
    expect(await runWith(`${password}\n`, ['test'])).toBe('not-listening');
    await expect(runWith('\n', ['test'])).rejects.toThrow(UsageError);
  });
});
