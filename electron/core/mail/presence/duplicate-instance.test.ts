import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';

let network: LoopbackNetwork;
let first: TestCore;
let second: TestCore;
let own: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [first, second] = await Promise.all([makeTestCore(network), makeTestCore(network)]);
  own = await makeIdentity(first, 'me');
});
afterAll(async () => {
  await Promise.all([first.remove(), second.remove()]);
  await network.stop();
});

const reachability = async (): Promise<string | undefined> =>
  (await first.call('identities.list', {}))[0]?.reachability;

/** Makes the watch look now. */
const look = (): Promise<Identity> => first.call('identities.takeOver', { identityId: own.id, evenIfElsewhere: false });

describe('a second machine with the same identity', () => {
  it('is noticed when it has answered twice, and forgotten when it has gone', async () => {
    expect(await reachability()).toBe('online');
    const { words } = await first.call('identities.paperKey', { identityId: own.id });
    const copy = await second.call('identities.restoreFromPaper', {
      words: words.join(' '),
      localPart: 'me',
      label: '',
      colour: 'blue',
    });
    await second.call('identities.takeOver', { identityId: copy.id, evenIfElsewhere: true });
    expect((await look()).reachability).toBe('online');
    expect((await look()).reachability).toBe('elsewhere');

    await first.call('identities.takeOver', { identityId: own.id, evenIfElsewhere: true });
    expect(await reachability()).toBe('online');
    await look();
    expect((await look()).reachability).toBe('elsewhere');

    await second.call('identities.update', { identityId: copy.id, paused: true });
    first.onion.setOnline(false);
    first.onion.setOnline(true);
    expect((await look()).reachability).toBe('online');
  });
});
