import { beforeEach, describe, expect, it } from 'vitest';
import { markRows, openConversation, setCursor, useSelection } from '../../state/selection';
import { threadRows } from '../../state/lists/thread-rows';
import { useVisibleRows } from '../../state/visible-rows';
import { makeMessage, ME, messageId } from '../../testing/sample-mail';
import { findAnswerable, findOpenedRow, findTargetMessage, findTargetRows } from './find-targets';

const rows = threadRows([makeMessage(3), makeMessage(2), makeMessage(1)]);
const subjects = (): string[] => findTargetRows().map(({ newest }) => newest.subject);

beforeEach(() => {
  useSelection.setState(useSelection.getInitialState(), true);
  useVisibleRows.setState({ rows, opened: undefined });
});

describe('what a verb applies to', () => {
  it('is nothing at first', () => {
    expect(findTargetRows()).toEqual([]);
    expect(findTargetMessage()).toBeUndefined();
  });

  it('is the open conversation, then the row under the keyboard, then what is marked', () => {
    openConversation({ identityId: ME, threadId: 'thread 3', messageId: messageId(3) });
    expect(subjects()).toEqual(['Letter 3']);
    setCursor(rows[1]?.key);
    expect(subjects()).toEqual(['Letter 2']);
    markRows([rows[2]?.key ?? '', rows[0]?.key ?? '']);
    expect(subjects()).toEqual(['Letter 3', 'Letter 1']);
  });

  it('is the open conversation also when it has left the list', () => {
    const [opened] = threadRows([makeMessage(9, { folder: 'archive' })]);
    useVisibleRows.setState({ opened });
    openConversation({ identityId: ME, threadId: 'thread 9', messageId: messageId(9) });
    expect(findOpenedRow()).toBe(opened);
    expect(subjects()).toEqual(['Letter 9']);
  });
});

describe('what an answer answers', () => {
  it('is the newest message of somebody else, in whatever order they come', () => {
    const messages = [makeMessage(1), makeMessage(3), makeMessage(2), makeMessage(4, { protection: 'own' })];
    expect(findAnswerable(messages)?.id).toBe(messageId(3));
  });

  it('is one’s own message when nobody else has written', () => {
    const own = [makeMessage(2, { protection: 'own' }), makeMessage(1, { protection: 'own' })];
    expect(findAnswerable(own)?.id).toBe(messageId(2));
    expect(findAnswerable([])).toBeUndefined();
  });
});
