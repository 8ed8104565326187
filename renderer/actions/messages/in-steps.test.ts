import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import { useBulk } from '../../state/lists/bulk';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { identityId, makeMessage, ME, messageId } from '../../testing/sample-mail';
import { inSteps } from './in-steps';
import type { MessageGroup } from './group-by-identity';
import { moveMessages } from './move-messages';
import { setFlags } from './set-flags';

const many = (count: number, change = {}) => Array.from({ length: count }, (_, at) => makeMessage(at + 1, change));
const toasts = () => useToasts.getState().shown;

beforeEach(() => {
  resetStore(useBulk);
  resetStore(useToasts);
});

describe('a change of many messages', () => {
  it('is done in steps of one transaction each, and shows how far it is', async () => {
    const groups: MessageGroup[] = [];
    const shown: string[] = [];
    const messages = [...many(450), makeMessage(900, { identityId: identityId(2) })];
    const change = (group: MessageGroup) => {
      groups.push(group);
      shown.push(...useBulk.getState().running.map(({ doing, done, all }) => `${doing} ${done}/${all}`));
    };
    expect(await inSteps({ messages, doing: 'Moving', change })).toEqual(messages);
    expect(groups.map((group) => [group.identityId, group.messageIds.length])).toEqual([
      [ME, 200],
      [ME, 200],
      [ME, 50],
      [identityId(2), 1],
    ]);
    expect(new Set(groups.flatMap(({ messageIds }) => messageIds)).size).toBe(messages.length);
    expect(shown).toEqual(['Moving 0/451', 'Moving 200/451', 'Moving 400/451', 'Moving 450/451']);
    expect(useBulk.getState().running).toEqual([]);
  });

  it('stops after the step that is under way, and tells what was changed', async () => {
    const change = () => useBulk.getState().running[0]?.stop();
    const changed = await inSteps({ messages: many(1_000), doing: 'Moving', change });
    expect(changed.map(({ id }) => id)).toEqual(many(200).map(({ id }) => id));
    expect(useBulk.getState().running).toEqual([]);
  });

  it('ends where the core refuses, says so, and knows what came before', async () => {
    let steps = 0;
    const change = () => {
      steps += 1;
      if (steps === 3) throw new PosthornError('disk-full', 'The disk is full.');
    };
    expect(await inSteps({ messages: many(1_000), doing: 'Moving', change })).toHaveLength(400);
    expect(steps).toBe(3);
    expect(toasts().map(({ text }) => text)).toEqual(['The disk is full.']);
    expect(useBulk.getState().running).toEqual([]);
  });

  it('shows nothing of a few', async () => {
    const change = () => expect(useBulk.getState().running).toEqual([]);
    await inSteps({ messages: many(200), doing: 'Moving', change });
  });
});

describe('many messages are taken back', () => {
  it('to where each was, as far as they were moved', async () => {
    const { services, calls } = makeServices({
      core: {
        'messages.move': () => {
          if (calls.length === 1) useBulk.getState().running[0]?.stop();
          return {};
        },
      },
    });
    const messages = many(500).map((message, at) => ({ ...message, folder: at < 100 ? 'inbox' : 'sent' }) as const);
    await moveMessages(services, { messages, folder: 'archive' });
    expect(toasts()[0]?.text).toBe('200 messages moved to Archive');
    toasts()[0]?.action?.run();
    await expect.poll(() => calls.length).toBe(3);
    expect(calls.slice(1).map(([, params]) => params)).toMatchObject([
      { folder: 'inbox', messageIds: messages.slice(0, 100).map(({ id }) => id) },
      { folder: 'sent', messageIds: messages.slice(100, 200).map(({ id }) => id) },
    ]);
  });

  it('to the flags that each had', async () => {
    const { services, calls } = makeServices({ core: { 'messages.setFlags': () => ({}) } });
    const messages = many(30, { seen: false }).map((message, at) => ({
      ...message,
      flagged: at === 4,
      seen: at === 5,
    }));
    await setFlags(services, { messages, change: { seen: true } });
    expect(toasts()[0]?.text).toBe('29 messages marked as read');
    toasts()[0]?.action?.run();
    await expect.poll(() => calls.length).toBe(3);
    expect(calls[1]).toMatchObject(['messages.setFlags', { messageIds: [messageId(5)], seen: false, flagged: true }]);
    expect(calls[2]).toMatchObject(['messages.setFlags', { seen: false, flagged: false }]);
  });
});
