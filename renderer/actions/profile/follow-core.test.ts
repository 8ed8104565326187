import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../../shared/settings';
import { useConnection } from '../../state/connection';
import { useMailboxes } from '../../state/mailboxes';
import { setProfile, useProfile } from '../../state/profile';
import { showIdentity, useSelection } from '../../state/selection';
import { useSettings } from '../../state/settings';
import { useTorStatus } from '../../state/tor-status';
import { useUnannounced } from '../../state/unannounced';
import { makeServices } from '../../testing/make-services';
import type { Answers } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { identityId, makeContact, makeIdentity, makeMailbox, makeMessage, ME } from '../../testing/sample-mail';
import { followCore } from './follow-core';

const mailboxes = [makeMailbox(1, { specialUse: 'inbox', messages: 3, unseen: 2 }), makeMailbox(2)];
const open: Answers['core'] = {
  'settings.get': () => ({ ...defaultSettings, theme: 'dark' }),
  'identities.list': () => [makeIdentity()],
  'contacts.list': () => [makeContact('bob')],
  'mailboxes.list': () => mailboxes,
  'tags.list': () => [],
};

const following = (core: Answers['core'] = open) => {
  const test = makeServices({ core });
  followCore(test.services);
  return { ...test, mirror: test.services.mirror };
};

beforeEach(() => {
  for (const reset of [
    () => resetStore(useConnection),
    () => resetStore(useMailboxes),
    () => resetStore(useProfile),
    () => resetStore(useSelection),
    () => resetStore(useSettings),
    () => resetStore(useTorStatus),
    () => resetStore(useUnannounced),
  ])
    reset();
});

describe('a profile that is unlocked', () => {
  it('fills the window, and is shown as unlocked only then', async () => {
    const { tell, mirror } = following();
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    await vi.waitFor(() => expect(useProfile.getState().phase).toBe('unlocked'));
    expect(useSettings.getState().settings.theme).toBe('dark');
    expect(useSelection.getState().identityId).toBe(ME);
    expect(useMailboxes.getState().byIdentity[ME]).toEqual(mailboxes);
    expect(await mirror.contacts.count()).toBe(1);
  });

  it('is not shown when its core ended while the window was filled', async () => {
    const { tell } = following({
      ...open,
      'mailboxes.list': () => {
        useConnection.setState(({ number }) => ({ number: number + 1 }));
        setProfile({ state: 'locked' });
        return mailboxes;
      },
    });
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    tell({ type: 'upgrade.progressed', upgrade: { percent: 1 } });
    await vi.waitFor(() => expect(useProfile.getState().upgrade).toEqual({ percent: 1 }));
    expect(useProfile.getState().phase).toBe('locked');
  });

  it('says how far older mail is brought up to date, until it is open', async () => {
    const { tell } = following();
    tell({ type: 'upgrade.progressed', upgrade: { percent: 34 } });
    await vi.waitFor(() => expect(useProfile.getState().upgrade).toEqual({ percent: 34 }));
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    await vi.waitFor(() => expect(useProfile.getState().phase).toBe('unlocked'));
    expect(useProfile.getState().upgrade).toBeUndefined();
  });

  it('empties it when it is locked again', async () => {
    const { tell, mirror } = following();
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    tell({ type: 'message.stored', message: makeMessage(1) });
    tell({ type: 'profile.changed', profile: { state: 'locked' } });
    await vi.waitFor(() => expect(useProfile.getState().phase).toBe('locked'));
    await vi.waitFor(async () => expect(await mirror.messages.count()).toBe(0));
    expect(useSelection.getState().identityId).toBeUndefined();
  });

  it('gives its place to a page that knows nothing, or asks for the passphrase itself', async () => {
    for (const renewed of [true, false]) {
      resetStore(useProfile);
      const { services, calls, tell } = makeServices({ core: open, shell: { 'window.renew': () => ({ renewed }) } });
      followCore(services);
      const receiving = { arrived: 0 };
      tell({ type: 'profile.changed', profile: { state: 'locked', receiving } });
      tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
      tell({ type: 'profile.changed', profile: { state: 'locked', receiving } });
      tell({ type: 'profile.changed', profile: { state: 'locked', receiving: { arrived: 3 } } });
      await vi.waitFor(() => expect(useProfile.getState().receiving).toEqual({ arrived: 3 }));
      expect(calls.filter(([method]) => method === 'window.renew')).toHaveLength(1);
      expect(useProfile.getState().leaving).toBe(renewed);
    }
  });

  it('is not shown as unlocked when its identities cannot be read', async () => {
    const { tell } = following({ ...open, 'identities.list': () => Promise.reject(new Error('a fault')) });
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    tell({ type: 'tor.changed', status: { phase: 'online', progress: 100, summary: 'connected' } });
    await vi.waitFor(() => expect(useTorStatus.getState().status).toMatchObject({ phase: 'online' }));
    expect(useProfile.getState().phase).not.toBe('unlocked');
  });
});

describe('events', () => {
  it('are applied one after the other: a message that was stored and removed is gone', async () => {
    const { tell, mirror } = following();
    const message = makeMessage(1);
    tell({ type: 'message.stored', message });
    tell({ type: 'message.changed', message: { ...message, seen: false } });
    tell({ type: 'message.removed', identityId: ME, messageId: message.id });
    tell({ type: 'contact.changed', contact: makeContact('last') });
    await vi.waitFor(async () => expect(await mirror.contacts.count()).toBe(1));
    expect(await mirror.messages.count()).toBe(0);
  });

  it('change, add and remove mailboxes', async () => {
    const { tell } = following();
    const read = makeMailbox(1, { specialUse: 'inbox', messages: 3, unseen: 0 });
    tell({ type: 'mailboxes.changed', identityId: ME, mailboxes });
    tell({ type: 'mailboxes.changed', identityId: ME, mailboxes: [read, makeMailbox(3)] });
    tell({ type: 'mailbox.removed', identityId: ME, mailboxId: makeMailbox(2).id });
    await vi.waitFor(() => expect(useMailboxes.getState().byIdentity[ME]).toEqual([read, makeMailbox(3)]));
  });

  it('go on after one that cannot be applied', async () => {
    const { tell, mirror } = following();
    const put = vi.spyOn(mirror.identities, 'put').mockRejectedValueOnce(new Error('no room'));
    tell({ type: 'identity.changed', identity: makeIdentity() });
    tell({ type: 'contact.changed', contact: makeContact('bob') });
    await vi.waitFor(async () => expect(await mirror.contacts.count()).toBe(1));
    expect(put).toHaveBeenCalledOnce();
  });

  it('keep an identity on show that exists', async () => {
    const { tell, mirror } = following();
    const other = makeIdentity({ id: identityId(2) });
    await mirror.identities.bulkPut([makeIdentity(), other]);
    setProfile({ state: 'unlocked' });
    showIdentity(ME);
    tell({ type: 'identity.removed', identityId: ME });
    await vi.waitFor(() => expect(useSelection.getState().identityId).toBe(other.id));
  });

  it('of identities that are opened in any order show the first in the list', async () => {
    const second = makeIdentity({ id: identityId(2), createdAt: makeIdentity().createdAt + 1 });
    const { tell } = following({ ...open, 'identities.list': () => [makeIdentity(), second] });
    for (const identity of [second, makeIdentity()]) tell({ type: 'identity.changed', identity });
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    await vi.waitFor(() => expect(useProfile.getState().phase).toBe('unlocked'));
    expect(useSelection.getState().identityId).toBe(ME);
  });

  it('show the first identity that there is, and leave a chosen one alone', async () => {
    const { tell, mirror } = following();
    setProfile({ state: 'unlocked' });
    tell({ type: 'identity.changed', identity: makeIdentity() });
    await vi.waitFor(() => expect(useSelection.getState().identityId).toBe(ME));
    tell({ type: 'identity.changed', identity: makeIdentity({ id: identityId(2) }) });
    await vi.waitFor(async () => expect(await mirror.identities.count()).toBe(2));
    expect(useSelection.getState().identityId).toBe(ME);
  });
});

describe('new mail', () => {
  const counted = async (change: Parameters<typeof makeMessage>[1] = {}) => {
    const { tell, mirror } = following();
    tell({ type: 'message.stored', message: makeMessage(1, { seen: false, ...change }) });
    tell({ type: 'contact.changed', contact: makeContact('last') });
    await vi.waitFor(async () => expect(await mirror.contacts.count()).toBe(1));
    return useUnannounced.getState().count;
  };

  it('is counted for who hears the window', async () => {
    expect(await counted()).toBe(1);
  });

  it.each([
    ['is read already', { seen: true }],
    ['waits among the requests', { folder: 'requests' }],
    ['is one’s own', { protection: 'own' }],
  ] as const)('is not counted when it %s', async (_what, change) => {
    expect(await counted(change)).toBe(0);
  });
});

describe('changes of many messages', () => {
  it('are applied in the order in which they came, with what comes between', async () => {
    const { tell, mirror } = following();
    const changed = (number: number, flagged: boolean) =>
      tell({ type: 'message.changed', message: makeMessage(number, { flagged }) });
    for (let number = 1; number <= 50; number += 1) changed(number, true);
    tell({ type: 'message.removed', identityId: ME, messageId: makeMessage(7).id });
    for (let number = 1; number <= 6; number += 1) changed(number, false);
    changed(60, true);
    await vi.waitFor(async () => expect(await mirror.messages.count()).toBe(50));
    expect(await mirror.messages.get(makeMessage(7).id)).toBeUndefined();
    const flagged = await mirror.messages.filter((message) => message.flagged).count();
    expect(flagged).toBe(44);
  });
});
