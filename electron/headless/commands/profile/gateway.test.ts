import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import type { Identity } from '../../../../shared/identity';
import { channelPair } from '../../../core/rpc/channel-pair';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../../core/testing/make-test-core';
import { UsageError } from '../command';
import { gateway } from './gateway';

let network: LoopbackNetwork;
let core: TestCore;
let caller: RpcClient;
let identity: Identity;
let alice: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  const [near, far] = channelPair();
  core.core.attachClient(far);
  caller = new RpcClient(near);
  [identity, alice] = [await makeIdentity(core, 'gateway'), await makeIdentity(core, 'alice')];
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

/** Runs the command; answers what it printed for a person. */
async function run(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const input = new PassThrough();
  input.end('');
  await gateway.run({
    ...{ core: caller, args, identity: identity.address, input: input as unknown as NodeJS.ReadStream },
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
  });
  return printed.join('\n');
}

it('makes an identity a gateway, lets people in and out, and ends it', async () => {
  expect(await run()).toContain('No gateway.');
  await expect(run('postfix-config')).rejects.toMatchObject({ code: 'invalid-call' });
  await expect(run('on')).rejects.toThrow(UsageError);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = String((server.address() as AddressInfo).port);
  await expect(run('on', '--domain', 'Example.org', '--lmtp-port', port)).rejects.toMatchObject({
    code: 'port-refused',
  });
  expect(await run()).toContain('No gateway.');
  server.close();
  await once(server, 'close');
  expect(await run('on', '--domain', 'Example.org', '--lmtp-port', port)).toContain('Gateway for example.org: on');
  expect(await run('postfix-config')).toContain(`example.org = posthorn:[127.0.0.1]:${port}`);
  const allowed = await run('allow', alice.address, '--a-day', '5');
  expect(allowed).toContain(`${alice.address}  5 letters a day, until `);
  const [alias = ''] = /m[a-z]{20}@example\.org/.exec(allowed) ?? [];
  expect(await run('end-alias', alias)).toContain(`${alias}  ended`);
  expect((await run('alias', alice.address)).match(/@example\.org/g)).toHaveLength(2);
  await expect(run('end-alias', 'nobody@example.org')).rejects.toMatchObject({ code: 'address-invalid' });
  await expect(run('allow', identity.address)).rejects.toMatchObject({ code: 'address-invalid' });
  expect(await run('end', alice.address)).toContain('5 letters a day, ended');
  expect(await run('off')).toContain('Gateway for example.org: off');
});

it.each([
  ['allow'],
  ['allow', 'nobody'],
  ['allow', 'x', '--days', '0'],
  ['nothing'],
  ['end-alias'],
  ['status', 'more'],
])('refuses a command line that does not fit: %s', async (...args) => {
  await expect(run(...args)).rejects.toThrow(UsageError);
});
