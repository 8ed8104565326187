import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { Identity } from '../../../../shared/identity';
import { writeEarlier } from '../../store/testing/write-earlier';
import { identityFiles } from '../../store/files/identity-files';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, type TestCore } from '../../testing/make-test-core';

const MESSAGES = 300;

describe('a profile whose mail an older version kept', () => {
  let network: LoopbackNetwork;
  let core: TestCore;
  let identities: Identity[];
  beforeEach(async () => {
    network = await LoopbackNetwork.start();
    core = await makeTestCore(network);
    identities = [await makeIdentity(core, 'anna'), await makeIdentity(core, 'ben')];
    const files = identityFiles(core.directory);
    const { identities: kept } = core.inside.session.backupSource();
    const keys = kept.map(({ id, databaseKey }) => ({ path: files.mailPath(id), key: Uint8Array.from(databaseKey) }));
    await core.call('profile.lock', {});
    for (const { path, key } of keys) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
      writeEarlier({ path, key, messages: MESSAGES });
    }
  });
  afterEach(async () => {
    await core.remove();
    await network.stop();
  });

  const inboxOf = async ({ id }: Identity): Promise<number> =>
    (await core.call('mailboxes.list', { identityId: id })).find(({ specialUse }) => specialUse === 'inbox')
      ?.messages ?? 0;

  it('is opened when all of it is up to date, and says how far it is', async () => {
    const told: CoreEvent[] = [];
    core.onEvent((event) => void told.push(event));
    const halfway = core.when('upgrade.progressed', ({ upgrade }) => upgrade.percent >= 50);
    const unlocked = core.call('profile.unlock', { passphrase });
    await halfway;
    // Whoever comes in the middle is told, too, and nothing is open yet.
    expect(await core.call('profile.state', {})).toMatchObject({
      state: 'locked',
      upgrade: { percent: expect.any(Number) as number },
    });
    await expect(core.call('identities.list', {})).rejects.toMatchObject({ code: 'profile-locked' });
    expect(await unlocked).toEqual({ outcome: 'unlocked' });
    const percents = told.flatMap((event) => (event.type === 'upgrade.progressed' ? [event.upgrade.percent] : []));
    expect([percents.at(0), percents.at(-1)]).toEqual([0, 100]);
    expect(percents).toEqual([...new Set(percents)].sort((one, other) => one - other));
    expect(await core.call('profile.state', {})).toEqual({ state: 'unlocked' });
    for (const identity of identities) expect(await inboxOf(identity)).toBe(MESSAGES / 3);
  });

  it('that is locked in the middle is locked, has lost nothing, and goes on the next time', async () => {
    const begun = core.when('upgrade.progressed', ({ upgrade }) => upgrade.percent >= 20);
    const unlocked = core.call('profile.unlock', { passphrase });
    const refused = expect(unlocked).rejects.toMatchObject({ code: 'profile-locked' });
    await begun;
    const told = core.when(
      'profile.changed',
      ({ profile }) => profile.state === 'locked' && profile.upgrade === undefined,
    );
    await core.call('profile.lock', {});
    await refused;
    await told;
    const first = core.when('upgrade.progressed', () => true);
    expect(await core.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    await first;
    for (const identity of identities) expect(await inboxOf(identity)).toBe(MESSAGES / 3);
  });
});
