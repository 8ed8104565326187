import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { coreContract } from '../../../../shared/contract/core-contract';
import type { CoreEvent } from '../../../../shared/contract/core-events';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import type { Glance } from '../../../../shared/glance';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { channelPair } from '../channel-pair';

type Method = keyof typeof coreContract;

/** What a locked window may ask. Whoever adds a line here must be sure that its answer tells nothing of mail. */
const open: readonly Method[] = ['profile.state', 'profile.unlock', 'profile.lock', 'profile.lockWindow', 'tor.status'];
const methods = Object.keys(coreContract) as Method[];

type TestWindow = { readonly client: RpcClient; readonly events: CoreEvent[] };

let network: LoopbackNetwork;
let clock: SettableClock;
let core: TestCore;
let a: Identity;
let b: Identity;
let page: TestWindow;

function openWindow(): TestWindow {
  const [near, far] = channelPair();
  core.core.attachWindow(far);
  const client = new RpcClient(near);
  const events: CoreEvent[] = [];
  client.onEvent((event) => void events.push(event));
  return { client, events };
}

/** Sends one letter to `b` and waits until it lies in the inbox. */
async function mailArrives(subject: string): Promise<void> {
  const stored = core.when(
    'message.stored',
    ({ message }) => message.folder === 'inbox' && message.subject === subject,
  );
  await sendMail(core, a, { to: [b.address], subject });
  await stored;
}

/** Calls by name, with parameters that fit nothing in particular: the gate comes before their meaning. */
const ask = (window: TestWindow, method: Method, params: object): Promise<unknown> =>
  (window.client.call as (method: string, params: unknown) => Promise<unknown>)(method, params);

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  core = await makeTestCore(network, { clock });
  [a, b] = [await makeIdentity(core, 'alice'), await makeIdentity(core, 'bob')];
  await core.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
  page = openWindow();
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

describe('a locked window', () => {
  it('is refused every call of the contract but a few', async () => {
    await page.client.call('profile.lockWindow', {});
    const asked = { identityId: b.id, folder: 'inbox', limit: 10, text: 'Secret', messageId: crypto.randomUUID() };
    for (const method of methods.filter((name) => !open.includes(name))) {
      // Those that parse and those that do not: neither is answered with anything of the mail.
      const fits = coreContract[method].params.safeParse(asked).success;
      const only = Object.keys('shape' in coreContract[method].params ? coreContract[method].params.shape : {});
      const params = Object.fromEntries(Object.entries(asked).filter(([name]) => only.includes(name)));
      const codes = ['window-locked', ...(fits ? [] : ['invalid-call'])];
      const error = await ask(page, method, params).then(
        () => undefined,
        (refused: unknown) => (refused as { readonly code: string }).code,
      );
      expect(codes, method).toContain(error);
    }
    for (const method of [
      'identities.list',
      'settings.get',
      'storage.view',
      'messages.page',
      'messages.search',
    ] as const)
      await expect(
        ask(page, method, method.startsWith('messages') ? searchOf(method) : ofIdentity(method)),
        method,
      ).rejects.toMatchObject({ code: 'window-locked' });
  });

  it('is told nothing but a number while mail arrives, and so is one that opens now', async () => {
    page.events.length = 0;
    const second = openWindow();
    await mailArrives('Secret plans');
    await mailArrives('More of them');
    expect(await page.client.call('profile.state', {})).toEqual({ state: 'locked', receiving: { arrived: 2 } });
    expect(await second.client.call('profile.state', {})).toEqual({ state: 'locked', receiving: { arrived: 2 } });
    for (const { events } of [page, second]) {
      expect(events.map(({ type }) => type).filter((type) => type !== 'tor.changed')).toEqual([
        'profile.changed',
        'profile.changed',
      ]);
      expect(JSON.stringify(events)).not.toMatch(/secret|more of|onion|alice|bob/iu);
    }
    // How far older mail is brought up to date is nobody's secret.
    const upgrade = { type: 'upgrade.progressed', upgrade: { percent: 34 } } as const;
    core.inside.services.events.publish(upgrade);
    await vi.waitFor(() => expect(page.events.at(-1)).toEqual(upgrade));
  });

  it('leaves the command line as it was', async () => {
    expect(await core.call('identities.list', {})).toHaveLength(2);
    await expect(core.call('profile.lockWindow', {})).rejects.toMatchObject({ code: 'invalid-call' });
  });

  it('opens for the passphrase alone, with the wait after a wrong one', async () => {
    for (let guess = 1; guess <= 3; guess += 1)
      expect(await page.client.call('profile.unlock', { passphrase: 'guess' })).toMatchObject({ outcome: 'wrong' });
    expect(await page.client.call('profile.unlock', { passphrase })).toMatchObject({ outcome: 'delayed' });
    expect(await page.client.call('profile.state', {})).toMatchObject({ state: 'locked', receiving: { arrived: 2 } });
    expect((await page.client.call('profile.state', {})).retryAt).toBeGreaterThan(clock.now());
    clock.advance(600_000);
    expect(await page.client.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    const { messages } = await page.client.call('messages.page', { identityId: b.id, folder: 'inbox', limit: 10 });
    expect(messages.map(({ subject }) => subject).sort()).toEqual(['More of them', 'Secret plans']);
  });

  it('gets no answer to what it asked before it was locked', async () => {
    const { messages } = await page.client.call('messages.page', { identityId: b.id, folder: 'inbox', limit: 1 });
    const asked = [
      page.client.call('messages.read', { identityId: b.id, messageId: messages[0]!.id }),
      page.client.call('holding.pairingCode', { identityId: b.id }),
      page.client.call('backup.contents' as 'identities.list', {}),
    ];
    core.core.lockWindows();
    for (const answer of await Promise.allSettled(asked)) expect(answer.status).toBe('rejected');
    await page.client.call('profile.unlock', { passphrase });
  });

  it('stays locked when it is locked while the profile is being unlocked', async () => {
    await core.call('profile.lock', {});
    const opening = page.client.call('profile.unlock', { passphrase });
    // The call is with the core by then: the state is asked behind it.
    expect(await page.client.call('profile.state', {})).toEqual({ state: 'locked' });
    core.core.lockWindows();
    await opening;
    expect(await page.client.call('profile.state', {})).toMatchObject({ state: 'locked', receiving: { arrived: 0 } });
    await expect(page.client.call('identities.list', {})).rejects.toMatchObject({ code: 'window-locked' });
    expect(await core.call('identities.list', {})).toHaveLength(2);
    expect(await page.client.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
  });

  it('is locked as before when the passphrase that was being tried is wrong', async () => {
    await core.call('profile.lock', {});
    const opening = page.client.call('profile.unlock', { passphrase: 'guess' });
    expect(await page.client.call('profile.state', {})).toEqual({ state: 'locked' });
    core.core.lockWindows();
    expect(await opening).toMatchObject({ outcome: 'wrong' });
    expect(await page.client.call('profile.state', {})).not.toHaveProperty('receiving');
    clock.advance(600_000);
    expect(await page.client.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    expect(await page.client.call('identities.list', {})).toHaveLength(2);
  });

  it('can lock everything, and then nothing arrives', async () => {
    core.core.lockWindows();
    await page.client.call('profile.lock', {});
    expect(await page.client.call('profile.state', {})).toEqual({ state: 'locked' });
    await expect(core.call('identities.list', {})).rejects.toMatchObject({ code: 'profile-locked' });
    expect(await page.client.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    expect(await page.client.call('identities.list', {})).toHaveLength(2);
  });
});

describe('locking by itself', () => {
  it('locks what the person chose when the desktop is locked', async () => {
    const settings = await core.call('settings.get', {});
    await core.call('settings.set', { ...settings, autoLockMinutes: 30, autoLocks: 'window' });
    await core.core.screenLocked();
    expect(await page.client.call('profile.state', {})).toMatchObject({ receiving: { arrived: 0 } });
    expect(await core.call('profile.state', {})).toEqual({ state: 'unlocked' });
    await page.client.call('profile.unlock', { passphrase });
    await core.call('settings.set', { ...settings, autoLockMinutes: 30, autoLocks: 'everything' });
    await core.core.screenLocked();
    expect(await core.call('profile.state', {})).toEqual({ state: 'locked' });
    await core.call('profile.unlock', { passphrase });
  });

  it('locks everything after the time that the person chose, also behind a locked window', async () => {
    const settings = await core.call('settings.get', {});
    await core.call('settings.set', { ...settings, autoLockMinutes: 30, autoLocks: 'everything' });
    core.core.lockWindows();
    clock.advance(29 * 60_000);
    expect(await page.client.call('profile.state', {})).toMatchObject({ receiving: {} });
    await page.client.call('profile.unlock', { passphrase });
    clock.advance(29 * 60_000);
    expect(await core.call('profile.state', {})).toEqual({ state: 'unlocked' });
    const locked = core.when('profile.changed', ({ profile }) => profile.state === 'locked');
    core.core.lockWindows();
    clock.advance(30 * 60_000);
    await locked;
    await page.client.call('profile.unlock', { passphrase });
  });

  it('unlocks behind locked windows with what the keyring kept, and not with anything else', async () => {
    await core.call('profile.lock', {});
    expect(await core.core.unlockBehindWindows('stale passphrase')).toBe(false);
    expect(await page.client.call('profile.state', {})).not.toHaveProperty('receiving');
    await expect(page.client.call('identities.list', {})).rejects.toMatchObject({ code: 'profile-locked' });
    clock.advance(600_000);
    expect(await core.core.unlockBehindWindows(passphrase)).toBe(true);
    expect(await core.call('identities.list', {})).toHaveLength(2);
    await expect(page.client.call('identities.list', {})).rejects.toMatchObject({ code: 'window-locked' });
    await page.client.call('profile.unlock', { passphrase });
  });
});

it('a glance has numbers and states alone, and follows them', async () => {
  const glances: Glance[] = [];
  core.core.followGlance((glance) => void glances.push(glance));
  expect(glances).toMatchObject([{ profile: 'unlocked', unread: 2, waiting: 0, keepsFor: 0 }]);
  core.core.lockWindows();
  expect(glances.at(-1)).toMatchObject({ profile: 'window-locked' });
  await mailArrives('Third');
  clock.advance(1_000);
  expect(glances.at(-1)).toMatchObject({ profile: 'window-locked', unread: 3, arrived: { count: 1, late: 0 } });
  await core.call('profile.lock', {});
  expect(glances.at(-1)).toMatchObject({ profile: 'locked', unread: 0, notifies: false });
  await page.client.call('profile.unlock', { passphrase: 'guess' });
  expect(glances.slice(-2)).toMatchObject([{ profile: 'opening' }, { profile: 'locked' }]);
  expect(JSON.stringify(glances)).not.toMatch(/third|onion|alice|bob/iu);
});

const ofIdentity = (method: string): object => (method === 'storage.view' ? { identityId: b.id } : {});
const searchOf = (method: string): object =>
  method === 'messages.search'
    ? { identityId: b.id, text: 'Secret', limit: 5 }
    : { identityId: b.id, folder: 'inbox', limit: 5 };
