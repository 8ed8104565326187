import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageId } from '../../../shared/ids';
import type { DraftContent } from '../../../shared/message';
import { openComposer, useCompose } from '../../state/compose';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import {
  identityId,
  makeAttachment,
  makeContact,
  makeDelivery,
  makeMessage,
  ME,
  messageId,
  NOON,
} from '../../testing/sample-mail';
import type { AttachmentItem } from './attachments/attachment-list';
import { stateOf } from './draft/compose-state';
import { changeSender, dropDraft, keepDraft, submitDraft } from './finish-draft';

const empty: DraftContent = { to: [], cc: [], bcc: [], subject: '', text: '' };
const written: DraftContent = { ...empty, to: ['bob'], text: 'At four?' };
const item = { key: 'k', filename: 'f', size: 1, id: undefined, percent: 1, error: undefined } satisfies AttachmentItem;

/** An open composer with this in it, stored as draft `id` if there is one, and what it was told to do. */
const composing = (content: DraftContent, id?: MessageId, items: readonly AttachmentItem[] = []) => {
  const composeId = openComposer({ identityId: ME });
  const done: string[] = [];
  const note = (what: string) => void done.push(what);
  const draft = {
    identityId: ME,
    state: stateOf(content),
    store: () => (note('store'), Promise.resolve(id ?? messageId(50))),
    storedId: () => id,
    flush: () => (note('flush'), Promise.resolve()),
    end: () => note('end'),
    restart: (to: string, copy: MessageId | undefined) => note(`restart ${to} ${copy ?? 'unstored'}`),
  };
  const replaceAll = vi.fn();
  const test = makeServices({
    core: {
      'messages.submit': ({ draftId }) =>
        makeMessage(1, { id: draftId, folder: 'outbox', deliveries: [makeDelivery(1, { messageId: draftId })] }),
      'drafts.discard': () => ({}),
      'drafts.read': ({ draftId }) => ({ id: draftId, identityId: ME, content, attachments: [], savedAt: NOON }),
      'drafts.save': ({ identityId: owner }) => ({
        id: messageId(60),
        identityId: owner,
        content,
        attachments: [makeAttachment(1)],
        savedAt: NOON,
      }),
    },
  });
  const contacts = [makeContact('bob', { name: 'Bobby' })];
  const parts = { composeId, draft, attachments: { items, replaceAll }, contacts };
  const methods = () => test.calls.map(([method]) => method);
  const isOpen = () => useCompose.getState().composers.length > 0;
  return { ...test, parts, done, methods, isOpen, replaceAll };
};

const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);

beforeEach(() => {
  resetStore(useCompose);
  resetStore(useToasts);
});

describe('sending', () => {
  it('stores the draft, hands it to the outbox, and tells of the delivery by the user’s own names', async () => {
    const { services, parts, calls, done, isOpen } = composing(written, messageId(5));
    await submitDraft(services, parts);
    expect(done).toEqual(['store', 'end']);
    expect(calls).toEqual([['messages.submit', { identityId: ME, draftId: messageId(5) }]]);
    expect(isOpen()).toBe(false);
    expect(toasts()[0]).toContain('Bobby');
  });

  it('leaves the composer open when the core refuses: nothing that was written is lost', async () => {
    const { services, parts, done, isOpen } = composing(written);
    vi.spyOn(services.core, 'call').mockRejectedValueOnce(new Error('a fault'));
    await expect(submitDraft(services, parts)).rejects.toThrow();
    expect(done).toEqual(['store']);
    expect(isOpen()).toBe(true);
  });
});

describe('closing', () => {
  it('keeps what was written', async () => {
    const { services, parts, methods, done, isOpen } = composing(written, messageId(5));
    await keepDraft(services, parts);
    expect([done, methods(), isOpen()]).toEqual([['flush'], [], false]);
  });

  it('throws a draft away that has become empty', async () => {
    const { services, parts, methods, done } = composing(empty, messageId(5));
    await keepDraft(services, parts);
    expect([done, methods()]).toEqual([['flush', 'end'], ['drafts.discard']]);
  });

  it('leaves nothing behind of one that never was anything', async () => {
    const { services, parts, methods, isOpen } = composing(empty);
    await keepDraft(services, parts);
    expect([methods(), isOpen()]).toEqual([[], false]);
  });

  it('keeps a draft with nothing but an attachment', async () => {
    const { services, parts, methods } = composing(empty, messageId(5), [item]);
    await keepDraft(services, parts);
    expect(methods()).toEqual([]);
  });
});

describe('throwing away', () => {
  it('ends saving before the draft goes, or it would be stored again', async () => {
    const { services, parts, methods, done, isOpen } = composing(written, messageId(5));
    await dropDraft(services, parts);
    expect(done).toEqual(['flush', 'end']);
    expect(methods()).toEqual(['drafts.read', 'drafts.discard']);
    expect(toasts()).toEqual(['Draft discarded']);
    expect(isOpen()).toBe(false);
  });

  it('says nothing of a draft with nothing in it', async () => {
    const { services, parts } = composing(empty, messageId(5));
    await dropDraft(services, parts);
    expect(toasts()).toEqual([]);
  });
});

describe('another sender', () => {
  const other = identityId(2);

  it('gets a copy, and the draft of the former one goes last', async () => {
    const { services, parts, calls, done, replaceAll } = composing(written, messageId(5));
    await changeSender(services, parts, other);
    expect(done).toEqual(['flush', `restart ${other} ${messageId(60)}`]);
    expect(calls.at(-1)).toEqual(['drafts.discard', { identityId: ME, draftId: messageId(5) }]);
    expect(replaceAll).toHaveBeenCalledOnce();
  });

  it('goes on with what is not stored yet', async () => {
    const { services, parts, methods, done } = composing(written);
    await changeSender(services, parts, other);
    expect([done, methods()]).toEqual([['flush', `restart ${other} unstored`], []]);
  });

  it('that is the same one changes nothing', async () => {
    const { services, parts, done } = composing(written, messageId(5));
    await changeSender(services, parts, ME);
    expect(done).toEqual([]);
  });

  it('leaves the draft where it is when it cannot be copied', async () => {
    const { services, parts, methods, done } = composing(written, messageId(5));
    vi.spyOn(services.core, 'call').mockRejectedValueOnce(new Error('a fault'));
    await expect(changeSender(services, parts, other)).rejects.toThrow();
    expect([done, methods()]).toEqual([['flush'], []]);
  });
});
