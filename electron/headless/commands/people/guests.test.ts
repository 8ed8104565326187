import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import { openGpg, type Gpg } from '../../../core/pgp/testing/gpg';
import { channelPair } from '../../../core/rpc/channel-pair';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { makeTestCore, type TestCore } from '../../../core/testing/make-test-core';
import { UsageError } from '../command';
import { guests } from './guests';

let network: LoopbackNetwork;
let core: TestCore;
let caller: RpcClient;
let gpg: Gpg;
const folder = mkdtempSync(join(tmpdir(), 'posthorn-guests-'));

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  const [near, far] = channelPair();
  core.core.attachClient(far);
  caller = new RpcClient(near);
  gpg = openGpg();
});
afterAll(async () => {
  await Promise.all([core.remove(), gpg.remove()]);
  await network.stop();
  rmSync(folder, { recursive: true });
});

/** Runs the command; answers what it printed for a person. */
async function run(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  await guests.run({
    core: caller,
    args,
    identity: undefined,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    input: new PassThrough() as unknown as NodeJS.ReadStream,
  });
  return printed.join('\n');
}

describe('posthorn guests', () => {
  it('adds a guest, prints once what they need, takes their key, lists and removes them', async () => {
    expect(await run()).toBe('');
    const added = await run('add', 'gina', '--name', 'Gina', '--size', '5', '--days', '30');
    const [, address = ''] = /^Address: (gina@[a-z2-7]{56}\.onion)$/mu.exec(added) ?? [];
    expect(added).toContain(`\nServer: ${address.slice(5)}\nIMAP port: 143\nSMTP port: 587\n`);
    expect(added).toMatch(/\nPassword: ([0-9a-z]{5}-){3}[0-9a-z]{5}\n/u);
    expect(await run('list')).toMatch(/^gina@\S+ {2}Gina {2}online {2}.* of 5\.0 MB {2}until \S+ \S+ {2}no key yet/u);

    await gpg.run(['--passphrase', '', '--quick-gen-key', address, 'future-default', 'default', '1y']);
    const [publicKey, secretKey] = [join(folder, 'public.asc'), join(folder, 'secret.asc')];
    writeFileSync(publicKey, (await gpg.run(['--armor', '--export', address])).stdout);
    writeFileSync(secretKey, (await gpg.run(['--armor', '--export-secret-keys', address])).stdout);
    await expect(run('key', 'gina', secretKey)).rejects.toThrow('This is the secret key');
    expect(await run('key', 'gina', publicKey)).toMatch(/ {2}key [0-9A-F]{40}/u);
    expect(await run('key', 'gina')).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/u);
    expect(await run('change', 'gina', '--size', '7', '--days', 'never')).toMatch(/ of 7\.0 MB {2}key /u);
    expect((await run('words', 'gina')).split('\n')).toHaveLength(26);
    expect(await run('password', 'gina')).not.toContain(/Password: (\S+)/u.exec(added)?.[1] ?? 'Password');
    await expect(run('remove', 'gina')).rejects.toThrow(UsageError);
    expect(await run('remove', address)).toBe('');
  });

  it.each([
    [['add'], 'Give the part before the @'],
    [['add', 'Gina!'], 'Give the part before the @'],
    [['add', 'gina', '--size', '0.1'], 'Give the size in MiB'],
    [['add', 'gina', '--days', 'soon'], 'Give a number of days'],
    [['key', 'nobody'], 'There is no such guest'],
    [['invite'], 'Say one of list, add'],
  ])('refuses %j', async (args, sentence) => {
    await expect(run(...args)).rejects.toThrow(sentence);
    expect(await run()).toBe('');
  });
});
