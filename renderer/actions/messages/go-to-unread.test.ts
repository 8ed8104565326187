import { beforeEach, describe, expect, it } from 'vitest';
import { setCursor, setSearch, showAllInboxes, showFolder, showIdentity, useSelection } from '../../state/selection';
import { threadKey, threadRows } from '../../state/lists/thread-rows';
import { useToasts } from '../../state/toasts';
import { useVisibleRows } from '../../state/visible-rows';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { identityId, makeIdentity, makeMessage, ME, messageId } from '../../testing/sample-mail';
import { goToUnread } from './go-to-unread';

const opened = () => useSelection.getState().open?.messageId;
const rowsOf = (unread: readonly number[]) =>
  threadRows([5, 4, 3, 2, 1].map((number) => makeMessage(number, { seen: !unread.includes(number) })));

describe('the next unread conversation', () => {
  beforeEach(() => {
    resetStore(useToasts);
    showIdentity(ME);
    showFolder('inbox');
  });

  it('is looked for below, and then from the top', async () => {
    const { services, calls } = makeServices({});
    useVisibleRows.setState({ rows: rowsOf([4, 2]) });
    const seen: unknown[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await goToUnread(services);
      seen.push(opened());
    }
    expect(seen).toEqual([messageId(4), messageId(2), messageId(4)]);
    expect(calls).toEqual([]);
  });

  it('comes from the core when no row that was read has one', async () => {
    const late = makeMessage(9, { seen: false, date: 0 });
    const { services, calls } = makeServices({ core: { 'messages.unread': () => ({ message: late }) } });
    useVisibleRows.setState({ rows: rowsOf([]) });
    await goToUnread(services);
    expect(calls).toMatchObject([['messages.unread', { identityId: ME, folder: 'inbox' }]]);
    expect(opened()).toBe(late.id);
    expect(useSelection.getState().cursor).toBe(threadKey(ME, late.threadId));
    expect(await services.mirror.messages.get(late.id)).toEqual(late);
  });

  it('stays where it is when there is none, and says so once', async () => {
    const { services } = makeServices({ core: { 'messages.unread': () => ({}) } });
    const rows = rowsOf([]);
    useVisibleRows.setState({ rows });
    setCursor(rows[1]!.key);
    await goToUnread(services);
    await goToUnread(services);
    expect(useToasts.getState().shown.map(({ text }) => text)).toEqual(['Nothing unread in Inbox']);
    expect(opened()).toBeUndefined();
    expect(useSelection.getState().cursor).toBe(rows[1]!.key);
  });

  it('is the newest of all inboxes where these are shown', async () => {
    const you = identityId(2);
    const newest = makeMessage(8, { identityId: you, date: 5 });
    const found = new Map([
      [ME, makeMessage(9, { date: 3 })],
      [you, newest],
    ]);
    const { services } = makeServices({
      core: { 'messages.unread': ({ identityId: owner }) => ({ message: found.get(owner) }) },
    });
    await services.mirror.identities.bulkPut([makeIdentity(), makeIdentity({ id: you })]);
    useVisibleRows.setState({ rows: [] });
    showAllInboxes();
    await goToUnread(services);
    expect(useSelection.getState().open).toMatchObject({ identityId: you, messageId: newest.id });
  });

  it('is not looked for outside of what was searched for', async () => {
    const { services, calls } = makeServices({});
    setSearch('tea');
    useVisibleRows.setState({ rows: rowsOf([]) });
    await goToUnread(services);
    expect(useToasts.getState().shown.map(({ text }) => text)).toEqual(['Nothing unread among what was found']);
    expect(calls).toEqual([]);
  });
});
