import { describe, expect, it } from 'vitest';
import { makeMessage, messageId } from '../../testing/sample-mail';
import { isUnfolded } from './use-unfolded';
import { visibleMessages } from './visible-messages';

const numbers = (messages: readonly { sequence: number }[]): number[] => messages.map(({ sequence }) => sequence);

describe('a conversation in the reader', () => {
  const messages = [
    makeMessage(1),
    makeMessage(2, { folder: 'trash' }),
    makeMessage(3, { folder: 'sent', protection: 'own' }),
    makeMessage(4, { folder: 'drafts' }),
  ];

  it('shows every folder but trash and drafts', () => {
    expect(numbers(visibleMessages(messages, messageId(1)))).toEqual([1, 3]);
  });

  it('shows trash to who opened a message of it', () => {
    expect(numbers(visibleMessages(messages, messageId(2)))).toEqual([1, 2, 3]);
  });

  it('shows nothing of one that is gone but for trash', () => {
    expect(visibleMessages([makeMessage(2, { folder: 'trash' })], messageId(9))).toEqual([]);
  });
});

describe('a message of a conversation', () => {
  const messages = [makeMessage(1), makeMessage(2), makeMessage(3), makeMessage(4)];
  const open = (change: Partial<Parameters<typeof isUnfolded>[0]> = {}): number[] =>
    [1, 2, 3, 4].filter((number) =>
      isUnfolded(
        { messages, opened: messageId(4), openAtStart: new Set(), changed: new Map(), ...change },
        messageId(number),
      ),
    );

  it('is open when it is the newest, or the one that was opened', () => {
    expect(open()).toEqual([4]);
    expect(open({ opened: messageId(2) })).toEqual([2, 4]);
  });

  it('stays open when it was unread at the start, though it is read by now', () => {
    expect(open({ openAtStart: new Set([messageId(1), messageId(3)]) })).toEqual([1, 3, 4]);
  });

  it('is as the person left it, above everything', () => {
    const changed = new Map([
      [messageId(4), false],
      [messageId(1), true],
    ]);
    expect(open({ changed, openAtStart: new Set([messageId(3)]) })).toEqual([1, 3]);
  });
});
