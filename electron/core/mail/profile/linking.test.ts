import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { binaryKey } from '../../testing/attacker';
import { observe, type Seen } from '../keys/testing/observer';

const DAY = 86_400_000;
let network: LoopbackNetwork;
let clock: SettableClock;
let core: TestCore;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock(Date.UTC(2026, 0, 1, 9, 0, 0));
  core = await makeTestCore(network, { clock });
});
afterEach(async () => {
  await core.remove();
  await network.stop();
});

/** The times in what anybody gets by HKP. */
async function seenOf({ onion, address }: Identity): Promise<Seen> {
  const dialled = await network.dial(onion, 80);
  if (dialled.outcome !== 'connected') throw new Error('not there');
  const path = `/pks/lookup?op=get&search=${encodeURIComponent(address)}`;
  const text = await new Promise<string>((resolve, reject) => {
    const asked = request({ createConnection: () => dialled.socket, path }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve(body);
      });
    });
    asked.on('error', reject).end();
  });
  const seen: Seen = { signatures: new Set(), keys: new Set() };
  observe(seen, binaryKey(text));
  return seen;
}

/** Times that two keys have in common, but for starts of days, which strangers share too. */
function common(one: Seen, other: Seen): number[] {
  return [...one.signatures].filter((at) => other.signatures.has(at) && at % DAY !== 0);
}

async function reopened(days: number): Promise<void> {
  await core.stop();
  clock.advance(days * DAY + 7_777_000);
  core = await makeTestCore(network, { clock, directory: core.directory });
}

describe('two identities of one profile', () => {
  it('have no signature of one second after one unlock that renews both, nor of the moment of the unlock', async () => {
    const [one, two] = [await makeIdentity(core, 'work'), await makeIdentity(core, 'secret')];
    const before = [await seenOf(one), await seenOf(two)];
    await reopened(31);
    const after = [await seenOf(one), await seenOf(two)];
    expect(common(after[0]!, after[1]!)).toEqual([]);
    for (const [index, { signatures }] of after.entries()) {
      const fresh = [...signatures].filter((at) => !before[index]!.signatures.has(at));
      expect(fresh.length).toBeGreaterThan(0);
      expect(fresh.every((at) => at < clock.now() - 1000)).toBe(true);
    }
  });

  it('rotate at times of their own when both were due while the program was closed', async () => {
    const [one, two] = [await makeIdentity(core, 'work'), await makeIdentity(core, 'secret')];
    await reopened(211);
    const [first, second] = [await seenOf(one), await seenOf(two)];
    expect(first.keys.size).toBeGreaterThan(1);
    expect(second.keys.size).toBeGreaterThan(1);
    expect(common(first, second)).toEqual([]);
  });

  it('renew themselves at times of their own while the program runs', async () => {
    const [one, two] = [await makeIdentity(core, 'work'), await makeIdentity(core, 'secret')];
    const changed = new Map<string, number>();
    core.onEvent((event) => {
      if (event.type === 'identity.changed') changed.set(event.identity.address, clock.now());
    });
    for (let hour = 0; hour < 31 * 24 && changed.size < 2; hour += 1) {
      clock.advance(DAY / 24);
      await core.call('identities.keyLife', { identityId: one.id });
    }
    await vi.waitFor(() => {
      expect(changed.size).toBe(2);
    });
    expect(common(await seenOf(one), await seenOf(two))).toEqual([]);
  });
});
