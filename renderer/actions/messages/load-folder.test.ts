import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import type { ListPlace, MessageSummary } from '../../../shared/message';
import { byWriting } from '../../../shared/written-order';
import { pageKey, usePages } from '../../state/pages';
import { markRows, markWhole } from '../../state/selection';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { identityId, makeMessage, ME, NOON } from '../../testing/sample-mail';
import { loadFolder, loadWhole } from './load-folder';

const INBOX = { owner: ME, identityIds: [ME], folder: 'inbox' } as const;
const YOU = identityId(2);
const page = () => usePages.getState().byFolder[pageKey(ME, 'inbox')];

/** A core whose inbox holds messages 1 to `count`, and hands out `size` of them at once. */
const coreWith = (count: number, size: number) => {
  const all = Array.from({ length: count }, (_, index) => makeMessage(count - index));
  const read = ({ before }: { before?: ListPlace | undefined }) => {
    const older = all.filter((message) => before === undefined || byWriting(message, before) < 0);
    return { messages: older.slice(0, size), more: older.length > size };
  };
  return makeServices({ core: { 'messages.page': read } });
};

const ALL = { owner: 'all', identityIds: [ME, YOU], folder: 'inbox' } as const;

/** A core with two inboxes that hold messages of these dates, and hands out two of them at once. */
const coreOfTwo = () => {
  const dates = new Map([
    [ME, [90, 80, 70, 60, 50]],
    [YOU, [85, 10, 5]],
  ]);
  return makeServices({
    core: {
      'messages.page': ({ identityId: owner, before }) => {
        const all = (dates.get(owner) ?? []).filter((date) => before === undefined || date < before.orderedAt);
        const messages = all.slice(0, 2).map((date) => makeMessage(date, { identityId: owner, date }));
        return { messages, more: all.length > 2 };
      },
    },
  });
};

const mirrored = (messages: readonly MessageSummary[]): number[] => messages.map(({ sequence }) => sequence);

beforeEach(() => {
  usePages.setState({ byFolder: {} });
  useToasts.setState({ shown: [] });
});

describe('loadFolder', () => {
  it('reads one page after the other, until there is no more', async () => {
    const { services, calls } = coreWith(5, 2);
    for (let number = 0; number < 5; number += 1) await loadFolder(services, INBOX);
    expect(calls.map(([, params]) => (params as { before?: ListPlace }).before?.sequence)).toEqual([undefined, 4, 2]);
    expect(mirrored(await services.mirror.messages.orderBy('id').toArray())).toEqual([1, 2, 3, 4, 5]);
    expect(page()).toMatchObject({ oldest: { sequence: 1 }, more: false, loaded: true, loading: false, failed: false });
  });

  it('never asks twice at once', async () => {
    const { services, calls } = coreWith(5, 2);
    await Promise.all([loadFolder(services, INBOX), loadFolder(services, INBOX)]);
    expect(calls).toHaveLength(1);
  });

  it('says when it failed, keeps what was read, and can be tried again', async () => {
    const good = coreWith(3, 2);
    await loadFolder(good.services, INBOX);
    const refuse = () => Promise.reject(new PosthornError('store-damaged', 'The mail store is damaged.'));
    await loadFolder(makeServices({ core: { 'messages.page': refuse } }).services, INBOX);
    expect(page()).toMatchObject({ oldest: { sequence: 2 }, loaded: true, loading: false, failed: true });
    expect(useToasts.getState().shown).toMatchObject([{ text: 'The mail store is damaged.', tone: 'danger' }]);
    await loadFolder(good.services, INBOX);
    expect(page()).toMatchObject({ oldest: { sequence: 1 }, more: false, failed: false });
  });

  it('says nothing while the identity is being opened: the list is read anew behind that', async () => {
    const refuse = () => Promise.reject(new PosthornError('profile-locked', 'It is being opened.'));
    await loadFolder(makeServices({ core: { 'messages.page': refuse } }).services, INBOX);
    expect(page()).toMatchObject({ loaded: false, loading: false, failed: true });
    expect(useToasts.getState().shown).toEqual([]);
  });

  it('reads of several inboxes the one that holds up the list', async () => {
    const { services, calls } = coreOfTwo();
    const asked = async () => {
      const before = calls.length;
      await loadFolder(services, ALL);
      return calls.slice(before).map(([, params]) => (params as { identityId: string }).identityId);
    };
    // Down to 80 the list is whole after the first pages, to 60 after the second; then the end of the other is first.
    expect([await asked(), await asked(), await asked(), await asked(), await asked()]).toEqual([
      [ME, YOU],
      [ME],
      [ME],
      [YOU],
      [],
    ]);
  });

  it('reads all inboxes to their ends while all of them is marked, and no further', async () => {
    const { services } = coreOfTwo();
    markWhole([], NOON);
    await loadWhole(services, ALL);
    expect(await services.mirror.messages.count()).toBe(8);
    usePages.setState({ byFolder: {} });
    const stopped = coreOfTwo();
    markRows([]);
    await loadWhole(stopped.services, ALL);
    expect(await stopped.services.mirror.messages.count()).toBe(4);
  });

  it('has read an empty folder to its end', async () => {
    const { services } = coreWith(0, 2);
    await loadFolder(services, INBOX);
    expect(page()).toMatchObject({ loaded: true, more: false });
  });
});
