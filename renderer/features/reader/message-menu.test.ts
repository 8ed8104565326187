import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useCompose } from '../../state/compose';
import { openConversation, useSelection } from '../../state/selection';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { makeMessage, ME, messageId } from '../../testing/sample-mail';
import { messageMenu } from './message-menu';

const menuOf = (change: Parameters<typeof makeMessage>[1] = {}) => {
  const done = () => ({});
  const test = makeServices({
    core: {
      'messages.move': done,
      'messages.setFlags': done,
      'messages.raw': () => new Uint8Array([1, 2, 3]),
    },
    shell: { 'files.save': () => ({ saved: true }) },
  });
  const details = vi.fn();
  const entries = messageMenu(test.services, makeMessage(1, change), details).filter(({ kind }) => kind === 'item');
  const items = entries.flatMap((entry) => (entry.kind === 'item' ? [entry] : []));
  const choose = (label: string) => (items.find((item) => item.label === label) ?? expect.fail(label)).run();
  return { ...test, items, details, choose };
};

beforeEach(() => {
  resetStore(useCompose);
  resetStore(useSelection);
  resetStore(useToasts);
});

describe('the menu of a message', () => {
  it('moves only this message', async () => {
    const { choose, calls } = menuOf();
    choose('Archive this message');
    await vi.waitFor(() =>
      expect(calls).toEqual([['messages.move', { identityId: ME, messageIds: [messageId(1)], folder: 'archive' }]]),
    );
  });

  it('offers no move to where it is', () => {
    const disabled = (change: Parameters<typeof makeMessage>[1]) =>
      menuOf(change)
        .items.filter((item) => item.disabled)
        .map(({ label }) => label);
    expect(disabled({ folder: 'archive' })).toEqual(['Archive this message']);
    expect(disabled({ folder: 'trash' })).toEqual(['Move this message to Trash']);
    expect(disabled({ folder: 'inbox' })).toEqual([]);
  });

  it('offers none at all for mail that is on its way', () => {
    expect(menuOf({ folder: 'outbox' }).items.map(({ label }) => label)).toEqual([
      'Reply',
      'Reply to all',
      'Forward',
      'Save as .eml…',
      'Details',
    ]);
  });

  it('closes the reader when the message becomes unread, or it would be read again at once', async () => {
    openConversation({ identityId: ME, threadId: 'thread 1', messageId: messageId(1) });
    const { choose, calls } = menuOf();
    choose('Mark as unread');
    expect(useSelection.getState().open).toBeUndefined();
    await vi.waitFor(() => expect(calls).toMatchObject([['messages.setFlags', { seen: false }]]));
  });

  it('opens a composer for each kind of answer', () => {
    const { choose } = menuOf();
    for (const label of ['Reply', 'Reply to all', 'Forward']) choose(label);
    expect(useCompose.getState().composers.map(({ request }) => request)).toEqual([
      { identityId: ME, replyTo: messageId(1) },
      { identityId: ME, replyAll: messageId(1) },
      { identityId: ME, forward: messageId(1) },
    ]);
  });

  it('saves the message as it went over the wire', async () => {
    const { choose, calls } = menuOf();
    choose('Save as .eml…');
    await vi.waitFor(() => expect(useToasts.getState().shown).toMatchObject([{ text: 'Message saved' }]));
    expect(calls.at(-1)).toEqual([
      'files.save',
      { suggestedName: 'message-00000000.eml', content: new Uint8Array([1, 2, 3]) },
    ]);
  });

  it('shows the details', () => {
    const { choose, details } = menuOf();
    choose('Details');
    expect(details).toHaveBeenCalledOnce();
  });
});
