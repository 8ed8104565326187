import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import type { Identity } from '../../../../shared/identity';
import { channelPair } from '../../../core/rpc/channel-pair';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../../core/testing/make-test-core';
import { UsageError } from '../command';
import { devices } from './devices';

let network: LoopbackNetwork;
let core: TestCore;
let caller: RpcClient;
let alice: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  const [near, far] = channelPair();
  core.core.attachClient(far);
  caller = new RpcClient(near);
  alice = await makeIdentity(core, 'alice');
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

/** Runs the command; answers what it printed for a person. */
async function run(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  await devices.run({
    core: caller,
    args,
    identity: alice.address,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    input: new PassThrough() as unknown as NodeJS.ReadStream,
  });
  return printed.join('\n');
}

/** Undoes base32 (RFC 4648 6), for 32 octets. */
function octetsOf(base32: string): Uint8Array {
  const digits = Array.from(base32, (letter) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(bits.slice(8 * index, 8 * index + 8), 2));
}

describe('posthorn devices', () => {
  it('adds a device, prints once what it needs, which opens its onion, lists it and removes it', async () => {
    expect(await run()).toBe('');
    const added = await run('add', 'My phone');
    expect(added).toContain(`User name: ${alice.address}\n`);
    expect(added).toMatch(/\nPassword: ([0-9a-z]{5}-){3}[0-9a-z]{5}\n/u);
    const [, name, key = ''] = /\nOnion key: ([a-z2-7]{56}):descriptor:x25519:([a-z2-7]{52})\n/u.exec(added) ?? [];
    expect(added).toContain(`\nServer: ${name ?? ''}.onion\nIMAP port: 143\nSMTP port: 587\n`);
    const dialled = await network.dial(`${name ?? ''}.onion`, 143, octetsOf(key));
    expect(dialled.outcome).toBe('connected');
    if (dialled.outcome === 'connected') dialled.socket.destroy();
    const listed = await run('list');
    expect(listed).toMatch(
      new RegExp(`^[0-9a-f-]{36} {2}My phone {2}phone {2}unsealed {2}online {2}never used {2}${alice.address}$`, 'u'),
    );
    expect(listed).not.toContain(key);
    expect(await run('remove', 'MY PHONE')).toBe('');
    expect(await network.dial(`${name ?? ''}.onion`, 143, octetsOf(key))).toMatchObject({ outcome: 'failed' });
  });

  it('says what is missing or unknown', async () => {
    await run('add', 'twin', '--kind', 'computer', '--form', 'sealed');
    await run('add', 'twin');
    for (const args of [
      ['add'],
      ['add', 'x', '--kind', 'fridge'],
      ['add', 'x', '--form', 'open'],
      ['remove'],
      ['remove', 'nobody'],
      ['remove', 'twin'],
      ['lend'],
      ['list', 'two', 'three'],
    ])
      await expect(run(...args)).rejects.toThrow(UsageError);
    expect((await run()).split('\n')).toHaveLength(2);
  });
});
