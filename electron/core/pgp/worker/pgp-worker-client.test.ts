import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePgp } from '../testing/describe-pgp';
import { createPgpWorkerClient } from './pgp-worker-client';
import { NOW, makeIdentity } from '../testing/own-identity';
import { MailAddress } from '../../../../shared/ids';
import { bundleForTest, withFuse, type TestBundle } from '../testing/worker-bundle';

let bundle: TestBundle;
beforeAll(async () => {
  bundle = await bundleForTest("import './worker/pgp-worker';");
});
afterAll(() => bundle.remove());

describePgp('across a worker', () => Promise.resolve(createPgpWorkerClient({ workerPath: bundle.path })));

describe('pgp worker client', () => {
  it('rejects what a dead worker was doing, and starts another', async () => {
    const { path, fuse } = withFuse(bundle);
    const pgp = createPgpWorkerClient({ workerPath: path });
    const alice = await makeIdentity('alice', 1);
    const question = { block: alice.keys.publicKey, address: alice.address, now: NOW };
    writeFileSync(fuse, '');
    const both = await Promise.allSettled([pgp.checkKeyBlock(question), pgp.armorPublicKey(alice.keys.publicKey)]);
    for (const one of both) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'worker-died' } });
    rmSync(fuse);
    expect((await pgp.checkKeyBlock(question)).outcome).toBe('certified');
    await pgp.close();
  });

  it('does not let a short call wait behind a large one', async () => {
    const pgp = createPgpWorkerClient({ workerPath: bundle.path });
    const { keys, address } = await makeIdentity('alice', 1);
    await pgp.armorPublicKey(keys.publicKey);
    const finished: string[] = [];
    const content = new Uint8Array(24 << 20);
    const large = pgp
      .seal({ content, secretKey: keys.secretKey, recipients: [keys.publicKey], now: NOW })
      .then(() => finished.push('large'));
    const short = pgp.checkKeyBlock({ block: keys.publicKey, address, now: NOW }).then(() => finished.push('short'));
    await Promise.all([large, short]);
    expect(finished).toEqual(['short', 'large']);
    await pgp.close();
  });

  it('gives each sender their turn, as they say who they are', async () => {
    const slow = await bundleForTest(`
      import { answerCalls } from '../worker/answer-calls';
      answerCalls({ decrypt: () => ({ outcome: 'refused', reason: 'unreadable' }), verify: () => ({ outcome: 'invalid' }) });
    `);
    const pgp = createPgpWorkerClient({ workerPath: slow.path });
    const { keys } = await makeIdentity('alice', 1);
    const [flood, bob, carol] = await Promise.all(
      ['flood', 'bob', 'carol'].map(async (name) => (await makeIdentity(name, 2)).address),
    );
    const order: string[] = [];
    const opened = (from: MailAddress, name: string): Promise<unknown> =>
      pgp.decrypt({ sealed: new Uint8Array(9), secretKey: keys.secretKey, from }).then(() => order.push(name));
    const verified = (from: MailAddress, name: string): Promise<unknown> =>
      pgp
        .verify({ signedMessage: new Uint8Array(9), publicKey: keys.publicKey, now: NOW, from })
        .then(() => order.push(name));
    const tagged = MailAddress.parse(flood!.replace('@', '+tag@'));
    await Promise.all([
      ...['flood 1', 'flood 2', 'flood 3'].map((name) => opened(flood!, name)),
      opened(tagged, 'flood 4'),
      opened(bob!, 'bob'),
      verified(carol!, 'carol'),
    ]);
    expect(order).toEqual(['flood 1', 'flood 2', 'bob', 'carol', 'flood 3', 'flood 4']);
    await pgp.close();
    slow.remove();
  });

  it('refuses what a peer sent for good when it ends the worker, while our own work goes on', async () => {
    // Without an engine a worker starts in no time, so the limit can be short on any machine.
    const stuck = await bundleForTest(`
      import { answerCalls } from '../worker/answer-calls';
      const spin = () => { for (;;); };
      answerCalls({ armorPublicKey: () => 'armored', decrypt: spin, checkKeyBlock: spin, recertify: spin });
    `);
    const pgp = createPgpWorkerClient({ workerPath: stuck.path, hangMs: 2_000 });
    const { keys, address, seed } = await makeIdentity('alice', 1);
    const order: string[] = [];
    const check = pgp.checkKeyBlock({ block: keys.publicKey, address, now: NOW }).finally(() => order.push('peer'));
    const opened = pgp.decrypt({ sealed: new Uint8Array(9), secretKey: keys.secretKey });
    const refusal = expect(opened).rejects.toMatchObject({ code: 'unreadable-content' });
    await pgp.armorPublicKey(keys.publicKey).then(() => order.push('own'));
    expect(await check).toEqual({ outcome: 'refused', reason: 'unreadable' });
    await refusal;
    expect(order).toEqual(['own', 'peer']);
    await expect(pgp.recertify({ keys, address, onionSeed: seed, now: NOW })).rejects.toMatchObject({
      code: 'worker-died',
    });
    await pgp.close();
    stuck.remove();
  });

  it('rejects when there is no worker to be had', async () => {
    const pgp = createPgpWorkerClient({ workerPath: join(bundle.folder, 'missing.cjs') });
    await expect(pgp.exportCertifyingKey({ onionSeed: new Uint8Array(32) })).rejects.toMatchObject({
      code: 'worker-died',
    });
    await pgp.close();
  });

  it('rejects calls after it was closed, and those under way', async () => {
    const pgp = createPgpWorkerClient({ workerPath: bundle.path });
    const { keys } = await makeIdentity('alice', 1);
    const underWay = pgp.armorPublicKey(keys.publicKey).catch((error: unknown) => error);
    await pgp.close();
    expect(await underWay).toMatchObject({ code: 'connection-closed' });
    await expect(pgp.armorPublicKey(keys.publicKey)).rejects.toMatchObject({ code: 'connection-closed' });
  });
});
