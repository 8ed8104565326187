import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { channelPair } from '../../../core/rpc/channel-pair';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../../core/testing/make-test-core';
import { SettableClock } from '../../../core/testing/settable-clock';
import { UsageError } from '../command';
import { key } from './key';

const PASSPHRASE = 'a long passphrase';

let network: LoopbackNetwork;
let core: TestCore;
let caller: RpcClient;
let alice: Identity;
let folder: string;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network, { clock: new SettableClock() });
  const [near, far] = channelPair();
  core.core.attachClient(far);
  caller = new RpcClient(near);
  alice = await makeIdentity(core, 'alice');
  folder = await mkdtemp(join(tmpdir(), 'posthorn-key-'));
});
afterAll(async () => {
  await core.remove();
  await network.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `posthorn --identity alice key …`; answers its exit status and what it printed for a person. */
async function run(line: string, typed = ''): Promise<{ status: number; text: string }> {
  const printed: string[] = [];
  const input = new PassThrough();
  input.end(typed);
  const status = await key.run({
    core: caller,
    args: line === '' ? [] : line.split(' '),
    identity: alice.address,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    // Standard input that is no terminal.
    input: input as unknown as NodeJS.ReadStream,
  });
  return { status, text: printed.join('\n') };
}

describe('posthorn key', () => {
  it('shows the key, and everything that changes it', async () => {
    expect((await run('')).text).toContain(`Fingerprint: ${alice.fingerprint}\nCreated: 2026-01-01`);
    expect((await run('renew --until 2027-03-01')).text).toMatch(/^Expires: 2027-0(2-28|3-01)/m);
    expect((await run('renew --forever')).text).toContain('Expires: never');
    expect((await run('policy --rotate-every 30 --keep-old 90')).text).toMatch(
      /rotates 2026-0[12]-\d\d.*\nOld keys are kept 90 days/,
    );
    expect((await run('rotate')).text).toMatch(
      /^Old subkey: [0-9A-F]{40} {2}retired 2026-01-01 .*, destroyed 2026-04-01/m,
    );
    expect((await run('vouchers show')).text).toContain('Certifications by others: shown');
  });

  it('says what is missing on the command line', async () => {
    const wrong = [
      'dance',
      'renew',
      'renew --until tomorrow',
      'renew --until 2027-03-01 --forever',
      'policy --keep-old -1',
      'policy --keep-old 4000',
      'vouchers',
      'revoke',
      'revoke alice',
      'import',
    ];
    for (const line of wrong)
      await expect(run(line), line).rejects.toSatisfy(
        (error) => error instanceof UsageError || error instanceof TypeError,
      );
    await expect(run(`revoke ${alice.address} --reason boredom`)).rejects.toThrow('superseded, compromised, retired');
  });

  it('imports a key, with its passphrase on standard input', async () => {
    const other = await makeIdentity(core, 'other');
    const { key: locked } = await core.call('identities.exportSecretKey', {
      identityId: other.id,
      passphrase: PASSPHRASE,
    });
    const file = join(folder, 'secret.asc');
    await writeFile(file, locked);
    expect(await run(`import ${file}`)).toMatchObject({
      status: 1,
      text: expect.stringContaining('it is locked') as string,
    });
    expect(await run(`import ${file} --locked`, 'wrong\n')).toMatchObject({
      status: 1,
      text: expect.stringContaining('not its passphrase') as string,
    });
    expect(await run(`import ${file} --locked`, `${PASSPHRASE}\n`)).toMatchObject({
      status: 0,
      text: expect.stringContaining(other.fingerprint) as string,
    });
  });

  it('replaces and revokes', async () => {
    const { text } = await run('replace');
    expect(text).not.toContain(alice.fingerprint);
    expect((await run(`revoke ${alice.address} --reason compromised`)).text).toContain('REVOKED');
    await expect(run('rotate')).rejects.toMatchObject({ code: 'trust-refused' });
  });
});
