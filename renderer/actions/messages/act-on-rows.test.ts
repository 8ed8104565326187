import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import type { MessageSummary } from '../../../shared/message';
import { setMailboxes } from '../../state/mailboxes';
import { useConfirmation } from '../../state/questions/confirmation';
import { markRows, openConversation, setCursor, setSearch, useSelection } from '../../state/selection';
import { threadRows } from '../../state/lists/thread-rows';
import { useToasts } from '../../state/toasts';
import { useVisibleRows } from '../../state/visible-rows';
import type { Answers } from '../../testing/make-services';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { identityId, mailboxId, makeMailbox, makeMessage, ME, messageId } from '../../testing/sample-mail';
import { markSeen, moveRows, toggleFlag, trashRows } from './act-on-rows';

const done = () => ({});
const obliging: Answers = { core: { 'messages.move': done, 'messages.delete': done, 'messages.setFlags': done } };

/**
 * A list that shows these messages, with the first of `chosen` under the keyboard and all of them marked if several.
 */
const listOf = (messages: readonly MessageSummary[], chosen: readonly number[], answers = obliging) => {
  const rows = threadRows(messages);
  useVisibleRows.setState({ rows, opened: undefined });
  const keys = chosen.map((number) => rows.find((row) => row.messages.some(({ id }) => id === messageId(number)))?.key);
  setCursor(keys[0]);
  if (keys.length > 1) markRows(keys.filter((key) => key !== undefined));
  return makeServices(answers);
};

const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);
const subjectUnderKeyboard = (): string | undefined =>
  useVisibleRows.getState().rows.find(({ key }) => key === useSelection.getState().cursor)?.newest.subject;

beforeEach(() => {
  resetStore(useSelection);
  resetStore(useVisibleRows);
  resetStore(useToasts);
  resetStore(useConfirmation);
});

describe('moving', () => {
  it('moves whole conversations in one call for each identity', async () => {
    const other = identityId(2);
    const { services, calls } = listOf(
      [
        makeMessage(4, { threadId: 'a' }),
        makeMessage(3, { threadId: 'b', identityId: other }),
        makeMessage(2, { threadId: 'a' }),
        makeMessage(1),
      ],
      [4, 3],
    );
    await moveRows(services, 'archive');
    expect(calls).toEqual([
      ['messages.move', { identityId: ME, messageIds: [messageId(4), messageId(2)], folder: 'archive' }],
      ['messages.move', { identityId: other, messageIds: [messageId(3)], folder: 'archive' }],
    ]);
  });

  it('takes into a folder only mail of the identity whose folder it is, and says so', async () => {
    const other = identityId(2);
    setMailboxes(ME, [makeMailbox(5)]);
    const { services, calls } = listOf([makeMessage(2), makeMessage(1, { identityId: other })], [2, 1]);
    await moveRows(services, mailboxId(5));
    expect(calls).toEqual([['messages.move', { identityId: ME, messageIds: [messageId(2)], folder: mailboxId(5) }]]);
    expect(toasts()[0]).toContain('never moved to another');
  });

  it('goes on reading with the next conversation of the list, also of another identity of the same name', async () => {
    const other = identityId(2);
    const both = [makeMessage(2, { threadId: 't' }), makeMessage(1, { threadId: 't', identityId: other })];
    const { services } = listOf(both, [1]);
    openConversation({ identityId: ME, threadId: 't', messageId: messageId(2) });
    await moveRows(services, 'archive');
    expect(useSelection.getState().open?.identityId).toBe(ME);
  });

  it('goes on reading with the next conversation when the open one leaves', async () => {
    const { services } = listOf([makeMessage(3), makeMessage(2), makeMessage(1)], [2]);
    openConversation({ identityId: ME, threadId: 'thread 2', messageId: messageId(2) });
    await moveRows(services, 'archive');
    expect(useSelection.getState().open).toEqual({ identityId: ME, threadId: 'thread 1', messageId: messageId(1) });
  });

  it('leaves the reader alone when another row leaves, and moves the keyboard on', async () => {
    const { services } = listOf([makeMessage(3), makeMessage(2), makeMessage(1)], [2]);
    openConversation({ identityId: ME, threadId: 'thread 3', messageId: messageId(3) });
    await moveRows(services, 'archive');
    expect(useSelection.getState().open?.threadId).toBe('thread 3');
    expect(subjectUnderKeyboard()).toBe('Letter 1');
  });

  it('closes the reader in a search, whose rows do not leave', async () => {
    const { services } = listOf([makeMessage(2), makeMessage(1)], [2]);
    setSearch('letter');
    setCursor(useVisibleRows.getState().rows[0]?.key);
    openConversation({ identityId: ME, threadId: 'thread 2', messageId: messageId(2) });
    await moveRows(services, 'archive');
    expect(useSelection.getState().open).toBeUndefined();
  });

  it('leaves out what is there already, and mail that is on its way', async () => {
    const { services, calls } = listOf(
      [
        makeMessage(3, { folder: 'archive' }),
        makeMessage(2, { folder: 'outbox' }),
        makeMessage(1, { folder: 'trash' }),
      ],
      [3, 2, 1],
    );
    await moveRows(services, 'archive');
    expect(calls).toEqual([['messages.move', { identityId: ME, messageIds: [messageId(1)], folder: 'archive' }]]);
  });

  it('asks nothing of the core when nothing is chosen', async () => {
    useVisibleRows.setState({ rows: threadRows([makeMessage(1)]) });
    const { services, calls } = makeServices();
    await moveRows(services, 'archive');
    expect(calls).toEqual([]);
  });

  it('can be taken back, each message to the folder that it came from', async () => {
    const { services, calls } = listOf([makeMessage(2), makeMessage(1, { folder: 'archive' })], [2, 1]);
    await moveRows(services, 'trash');
    expect(toasts()).toEqual(['2 messages moved to Trash']);
    useToasts.getState().shown[0]?.action?.run();
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    expect(calls.slice(1)).toEqual([
      ['messages.move', { identityId: ME, messageIds: [messageId(2)], folder: 'inbox' }],
      ['messages.move', { identityId: ME, messageIds: [messageId(1)], folder: 'archive' }],
    ]);
  });

  it('offers no way back where there is none', async () => {
    const { services } = listOf([makeMessage(1, { folder: 'requests' })], [1]);
    await moveRows(services, 'trash');
    expect(useToasts.getState().shown).toMatchObject([{ text: 'Message moved to Trash', action: undefined }]);
  });

  it('moves to a folder of one’s own by its id, says its name, and comes back from there', async () => {
    const { folder: _inbox, ...own } = makeMessage(1, { mailboxId: mailboxId(9) });
    setMailboxes(ME, [makeMailbox(8, { name: 'Garden' }), makeMailbox(9)]);
    const { services, calls } = listOf([own], [1]);
    await moveRows(services, mailboxId(8));
    const [toast] = useToasts.getState().shown;
    expect(toast?.text).toBe('Message moved to Garden');
    toast?.action?.run();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(calls.map(([, params]) => (params as { folder: string }).folder)).toEqual([mailboxId(8), mailboxId(9)]);
  });

  it('says why when the core refuses', async () => {
    const refuse = () => Promise.reject(new PosthornError('disk-full', 'The disk is full. Nothing was moved.'));
    const { services } = listOf([makeMessage(1)], [1], { core: { 'messages.move': refuse } });
    await moveRows(services, 'archive');
    expect(useToasts.getState().shown).toMatchObject([
      { text: 'The disk is full. Nothing was moved.', tone: 'danger' },
    ]);
  });
});

describe('throwing away', () => {
  it('moves mail to the trash without a question', async () => {
    const { services, calls } = listOf([makeMessage(1)], [1]);
    await trashRows(services);
    expect(calls).toEqual([['messages.move', { identityId: ME, messageIds: [messageId(1)], folder: 'trash' }]]);
    expect(useConfirmation.getState().question).toBeUndefined();
  });

  it.each([
    ['a message in the trash', [makeMessage(1, { folder: 'trash' })], [1], 'Delete this message for good?'],
    ['a draft', [makeMessage(1, { folder: 'drafts' })], [1], 'Delete this draft for good?'],
    [
      'several drafts',
      [makeMessage(2, { folder: 'drafts' }), makeMessage(1, { folder: 'drafts' })],
      [2, 1],
      'Delete these 2 drafts for good?',
    ],
    [
      'mail and drafts together',
      [makeMessage(2, { folder: 'trash' }), makeMessage(1, { folder: 'drafts' })],
      [2, 1],
      'Delete these 2 messages for good?',
    ],
  ])('asks before %s is deleted', async (_what, messages, chosen, title) => {
    const { services, calls } = listOf(messages, chosen);
    await trashRows(services);
    expect(useConfirmation.getState().question).toMatchObject({ title, tone: 'danger' });
    expect(calls).toEqual([]);
  });

  it('deletes once the question is answered, and goes on to the next row', async () => {
    const { services, calls } = listOf([makeMessage(2, { folder: 'trash' }), makeMessage(1, { folder: 'trash' })], [2]);
    await trashRows(services);
    useConfirmation.getState().question?.run();
    await vi.waitFor(() => expect(toasts()).toEqual(['Message deleted']));
    expect(calls).toEqual([['messages.delete', { identityId: ME, messageIds: [messageId(2)] }]]);
    expect(subjectUnderKeyboard()).toBe('Letter 1');
  });
});

describe('marks', () => {
  it('flags the newest message of a conversation', async () => {
    const { services, calls } = listOf([makeMessage(2, { threadId: 't' }), makeMessage(1, { threadId: 't' })], [2]);
    await toggleFlag(services);
    expect(calls).toEqual([['messages.setFlags', { identityId: ME, messageIds: [messageId(2)], flagged: true }]]);
  });

  it('takes the flag from every message once all rows have one', async () => {
    const flagged = { threadId: 't', flagged: true };
    const { services, calls } = listOf([makeMessage(3, flagged), makeMessage(2, flagged), makeMessage(1)], [3]);
    await toggleFlag(services);
    expect(calls).toEqual([
      ['messages.setFlags', { identityId: ME, messageIds: [messageId(3), messageId(2)], flagged: false }],
    ]);
  });

  it('flags all when one of several has none, without a call for those that have', async () => {
    const { services, calls } = listOf([makeMessage(2, { flagged: true }), makeMessage(1)], [2, 1]);
    await toggleFlag(services);
    expect(calls).toEqual([['messages.setFlags', { identityId: ME, messageIds: [messageId(1)], flagged: true }]]);
  });

  it('marks every unread message as read', async () => {
    const thread = { threadId: 't' };
    const { services, calls } = listOf(
      [makeMessage(3, thread), makeMessage(2, { ...thread, seen: false }), makeMessage(1, { ...thread, seen: false })],
      [3],
    );
    await markSeen(services, true);
    expect(calls).toEqual([
      ['messages.setFlags', { identityId: ME, messageIds: [messageId(2), messageId(1)], seen: true }],
    ]);
  });

  it('marks only the newest as unread, and closes it, or reading would mark it again', async () => {
    const thread = { threadId: 't' };
    const { services, calls } = listOf([makeMessage(2, thread), makeMessage(1, thread)], [2]);
    openConversation({ identityId: ME, threadId: 't', messageId: messageId(2) });
    await markSeen(services, false);
    expect(calls).toEqual([['messages.setFlags', { identityId: ME, messageIds: [messageId(2)], seen: false }]]);
    expect(useSelection.getState().open).toBeUndefined();
  });
});
