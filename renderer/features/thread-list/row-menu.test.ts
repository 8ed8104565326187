import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useCompose } from '../../state/compose';
import { useConfirmation } from '../../state/questions/confirmation';
import { threadRows } from '../../state/lists/thread-rows';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { makeMessage, ME, messageId } from '../../testing/sample-mail';
import { rowMenu } from './row-menu';

const menuOf = (...messages: ReturnType<typeof makeMessage>[]) => {
  const test = makeServices({ core: { 'messages.setFlags': () => ({}), 'messages.move': () => ({}) } });
  const items = rowMenu(test.services, threadRows(messages)).flatMap((entry) => (entry.kind === 'item' ? [entry] : []));
  const choose = (label: string) => (items.find((item) => item.label === label) ?? expect.fail(label)).run();
  return { ...test, labels: items.map(({ label }) => label), choose };
};

beforeEach(() => {
  resetStore(useCompose);
  resetStore(useConfirmation);
});

describe('the menu of a row', () => {
  it('is empty for no row', () => {
    expect(menuOf().labels).toEqual([]);
  });

  it('has answers, marks and moves for a conversation', () => {
    expect(menuOf(makeMessage(1)).labels).toEqual([
      'Reply',
      'Reply to all',
      'Forward',
      'Mark as unread',
      'Flag',
      'Archive',
      'Move to…',
      'Tag…',
      'Move to Trash',
    ]);
  });

  it('answers nobody for several rows', () => {
    expect(menuOf(makeMessage(2), makeMessage(1)).labels).not.toContain('Reply');
  });

  it.each([
    ['archive', ['Move to Inbox'], ['Archive']],
    ['trash', ['Move to Inbox', 'Archive', 'Delete for good…'], ['Move to Trash']],
    ['sent', ['Move to Inbox', 'Archive', 'Move to Trash'], []],
  ] as const)('knows where mail of the folder %s can go', (folder, offered, missing) => {
    const { labels } = menuOf(makeMessage(1, { folder }));
    for (const label of offered) expect(labels).toContain(label);
    for (const label of missing) expect(labels).not.toContain(label);
  });

  it('lets a draft be written on or deleted, and nothing else', () => {
    const { labels, choose } = menuOf(makeMessage(1, { folder: 'drafts' }));
    expect(labels).toEqual(['Go on writing', 'Delete for good…']);
    choose('Go on writing');
    expect(useCompose.getState().composers).toMatchObject([{ request: { draftId: messageId(1) } }]);
    choose('Delete for good…');
    expect(useConfirmation.getState().question?.title).toBe('Delete this draft for good?');
  });

  it('lets mail on its way only be flagged', () => {
    expect(menuOf(makeMessage(1, { folder: 'outbox' })).labels).toEqual(['Flag']);
  });

  it('marks as read while one of the rows is unread', async () => {
    const { labels, choose, calls } = menuOf(makeMessage(2), makeMessage(1, { seen: false }));
    expect(labels).toContain('Mark as read');
    choose('Mark as read');
    await vi.waitFor(() =>
      expect(calls).toEqual([['messages.setFlags', { identityId: ME, messageIds: [messageId(1)], seen: true }]]),
    );
  });

  it('removes flags only when every row has one', () => {
    expect(menuOf(makeMessage(2, { flagged: true }), makeMessage(1)).labels).toContain('Flag');
    expect(menuOf(makeMessage(2, { flagged: true })).labels).toContain('Remove flag');
  });
});
