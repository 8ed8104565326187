import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import type { ListPlace, MessageSummary } from '../../../shared/message';
import { byWriting } from '../../../shared/written-order';
import { pageKey, usePages } from '../../state/pages';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { makeMessage, ME } from '../../testing/sample-mail';
import { loadFolder } from './load-folder';

const INBOX = { identityId: ME, folder: 'inbox' } as const;
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

  it('has read an empty folder to its end', async () => {
    const { services } = coreWith(0, 2);
    await loadFolder(services, INBOX);
    expect(page()).toMatchObject({ loaded: true, more: false });
  });
});
