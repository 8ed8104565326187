import { describe, expect, it } from 'vitest';
import type { MessageSummary } from '../../../shared/message';
import { threadRows } from './thread-rows';

const message = (id: string, change: object = {}) =>
  ({
    id,
    identityId: 'me',
    threadId: 't',
    folder: 'inbox',
    seen: true,
    flagged: false,
    attachmentCount: 0,
    ...change,
  }) as unknown as MessageSummary;

describe('threadRows', () => {
  it('groups a conversation at the place of its newest message', () => {
    const rows = threadRows([
      message('3', { threadId: 'a' }),
      message('2', { threadId: 'b' }),
      message('1', { threadId: 'a' }),
    ]);
    expect(rows.map((row) => row.messages.map(({ id }) => id))).toEqual([['3', '1'], ['2']]);
    expect(rows[0]?.newest.id).toBe('3');
  });

  it('tells what is unread, flagged and attached anywhere in the conversation', () => {
    const [row] = threadRows([message('2'), message('1', { seen: false, flagged: true, attachmentCount: 1 })]);
    expect(row).toMatchObject({ unread: 1, flagged: true, attachments: true });
  });

  it('keeps drafts and mail on its way apart, and drafts never unread', () => {
    expect(
      threadRows([message('2', { folder: 'drafts', seen: false }), message('1', { folder: 'drafts' })]).map(
        ({ unread }) => unread,
      ),
    ).toEqual([0, 0]);
    expect(threadRows([message('2', { folder: 'outbox' }), message('1', { folder: 'outbox' })])).toHaveLength(2);
  });

  it('does not mix the threads of two identities', () => {
    expect(threadRows([message('2'), message('1', { identityId: 'other' })])).toHaveLength(2);
  });
});
