import { describe, expect, it } from 'vitest';
import { PosthornError } from '../../shared/errors';
import type { ListPlace } from '../../shared/message';
import { present } from '../../shared/present';
import { makeServices } from '../testing/make-services';
import { identityId, makeContact, makeIdentity, makeMailbox, makeMessage, ME, NOON } from '../testing/sample-mail';
import { loadIdentities, loadIdentity, loadPage } from './load';

const mailboxes = [makeMailbox(1), makeMailbox(2)];

describe('the identities', () => {
  it('take the place of everything that the mirror held', async () => {
    const { services } = makeServices({ core: { 'identities.list': () => [makeIdentity({ id: identityId(2) })] } });
    await services.mirror.identities.put(makeIdentity());
    await services.mirror.messages.put(makeMessage(1));
    expect(await loadIdentities(services)).toHaveLength(1);
    expect((await services.mirror.identities.toArray()).map(({ id }) => id)).toEqual([identityId(2)]);
    expect(await services.mirror.messages.count()).toBe(0);
  });

  it('stay as they were when they cannot be read', async () => {
    const refuse = () => Promise.reject(new PosthornError('profile-locked', 'Locked.'));
    const { services } = makeServices({ core: { 'identities.list': refuse } });
    await services.mirror.identities.put(makeIdentity());
    await expect(loadIdentities(services)).rejects.toMatchObject({ code: 'profile-locked' });
    expect(await services.mirror.identities.count()).toBe(1);
  });
});

describe('an identity', () => {
  it('brings its address book and its mailboxes', async () => {
    const core = {
      'contacts.list': () => [makeContact('bob'), makeContact('carol')],
      'mailboxes.list': () => mailboxes,
      'tags.list': () => [],
    };
    const { services, calls } = makeServices({ core });
    expect(await loadIdentity(services, ME)).toEqual({ mailboxes, tags: [] });
    expect(await services.mirror.contacts.count()).toBe(2);
    expect(calls.map(([, params]) => params)).toEqual(Array(3).fill({ identityId: ME }));
  });
});

describe('a page of a folder', () => {
  const at = (sequence: number): ListPlace => ({ orderedAt: NOON, sequence });
  const page = (before: ListPlace | undefined, sequences: readonly number[], more = true) => {
    const messages = sequences.map((sequence) => makeMessage(sequence));
    const { services } = makeServices({ core: { 'messages.page': () => ({ messages, more }) } });
    return loadPage(services, { identityId: ME, folder: 'inbox', ...present({ before }) });
  };

  it('tells the oldest that is there now, in whatever order it came', async () => {
    expect(await page(undefined, [9, 7, 8])).toEqual({ oldest: at(7), more: true });
    expect(await page(at(7), [6, 5], false)).toEqual({ oldest: at(5), more: false });
  });

  it('that is empty moves nothing', async () => {
    expect(await page(at(7), [], false)).toEqual({ oldest: at(7), more: false });
    expect(await page(undefined, [], false)).toEqual({ oldest: undefined, more: false });
  });
});
