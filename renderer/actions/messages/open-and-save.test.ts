import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import { useCompose } from '../../state/compose';
import { useSelection } from '../../state/selection';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import type { Answers } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import {
  deliveryId,
  identityId,
  makeAttachment,
  makeDelivery,
  makeMessage,
  ME,
  messageId,
} from '../../testing/sample-mail';
import { tryOrTell } from '../window/try-or-tell';
import { cancelDelivery, tryDeliveryNow } from './change-delivery';
import { deleteMessages } from './delete-messages';
import { groupByIdentity } from './group-by-identity';
import { openMessage } from './open-message';
import { saveAttachment, saveAttachments } from './save-attachment';

const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);
const message = makeMessage(1);

/** A core with attachments, and a desktop on which the person cancels these files. */
const desk = (cancelled: readonly string[] = [], core: Answers['core'] = {}) =>
  makeServices({
    core: {
      'attachments.read': ({ attachmentId }) => ({
        filename: attachmentId.endsWith('9') ? '' : `file ${attachmentId.slice(-1)}`,
        contentType: 'text/plain',
        content: new Uint8Array(1),
      }),
      ...core,
    },
    shell: { 'files.save': ({ suggestedName }) => ({ saved: !cancelled.includes(suggestedName) }) },
  });

beforeEach(() => {
  resetStore(useToasts);
  resetStore(useCompose);
  resetStore(useSelection);
});

describe('a message that is opened', () => {
  it('is read with its conversation, and a draft is written on', () => {
    openMessage(message);
    expect(useSelection.getState().open).toEqual({ identityId: ME, threadId: 'thread 1', messageId: messageId(1) });
    openMessage(makeMessage(2, { folder: 'drafts' }));
    expect(useCompose.getState().composers).toMatchObject([{ request: { identityId: ME, draftId: messageId(2) } }]);
    expect(useSelection.getState().open?.messageId).toBe(messageId(1));
  });
});

describe('attachments', () => {
  const three = [makeAttachment(1), makeAttachment(2), makeAttachment(3)];
  const saves = (calls: readonly (readonly [string, unknown])[]): string[] =>
    calls
      .filter(([method]) => method === 'files.save')
      .map(([, params]) => (params as { suggestedName: string }).suggestedName);

  it('are saved one after the other', async () => {
    const { services, calls } = desk();
    await saveAttachments(services, { message, attachments: three });
    expect(saves(calls)).toEqual(['file 1', 'file 2', 'file 3']);
    expect(toasts()).toEqual(['Attachment saved', 'Attachment saved', 'Attachment saved']);
  });

  it('are no longer asked about once the person cancels', async () => {
    const { services, calls } = desk(['file 2']);
    await saveAttachments(services, { message, attachments: three });
    expect(saves(calls)).toEqual(['file 1', 'file 2']);
    expect(toasts()).toEqual(['Attachment saved']);
  });

  it('without a name get one', async () => {
    const { services, calls } = desk();
    expect(await saveAttachment(services, { message, attachment: makeAttachment(9) })).toBe(true);
    expect(saves(calls)).toEqual(['attachment']);
  });

  it('that cannot be read are told about', async () => {
    const refuse = () => Promise.reject(new PosthornError('attachment-unknown', 'It is gone.'));
    const { services } = desk([], { 'attachments.read': refuse });
    expect(await saveAttachment(services, { message, attachment: makeAttachment(1) })).toBe(false);
    expect(toasts()).toEqual(['It is gone.']);
  });
});

describe('messages of several identities', () => {
  it('are grouped by theirs, each in its order', () => {
    const other = identityId(2);
    const of = [
      makeMessage(1),
      makeMessage(2, { identityId: other }),
      makeMessage(3),
      makeMessage(4, { identityId: other }),
    ];
    expect(groupByIdentity(of)).toEqual([
      { identityId: ME, messageIds: [messageId(1), messageId(3)] },
      { identityId: other, messageIds: [messageId(2), messageId(4)] },
    ]);
    expect(groupByIdentity([])).toEqual([]);
  });

  it('are deleted only out of the trash and the drafts', async () => {
    const { services, calls } = desk([], { 'messages.delete': () => ({}) });
    const folders = ['inbox', 'trash', 'sent', 'drafts', 'outbox'] as const;
    await deleteMessages(
      services,
      folders.map((folder, index) => makeMessage(index, { folder })),
    );
    expect(calls).toEqual([['messages.delete', { identityId: ME, messageIds: [messageId(1), messageId(3)] }]]);
    expect(toasts()).toEqual(['2 messages deleted']);
  });

  it('are not said to be deleted when there was nothing to delete', async () => {
    await deleteMessages(desk().services, [message]);
    expect(toasts()).toEqual([]);
  });
});

describe('a delivery', () => {
  it('is tried now or given up, and a refusal is told', async () => {
    const delivery = makeDelivery(4);
    const good = desk([], {
      'outbox.tryNow': () => delivery,
      'outbox.cancel': () => ({ ...delivery, state: 'cancelled' }),
    });
    expect(await tryDeliveryNow(good.services, delivery)).toEqual(delivery);
    expect(await cancelDelivery(good.services, delivery)).toMatchObject({ state: 'cancelled' });
    expect(good.calls.map(([, params]) => params)).toEqual(
      Array<object>(2).fill({ identityId: ME, deliveryId: deliveryId(4) }),
    );
    const refuse = () => Promise.reject(new PosthornError('delivery-unknown', 'It is over.'));
    expect(await tryDeliveryNow(desk([], { 'outbox.tryNow': refuse }).services, delivery)).toBeUndefined();
    expect(toasts()).toEqual(['It is over.']);
  });
});

describe('something that may be refused', () => {
  it('gives its result, or shows the sentence of the core', async () => {
    expect(await tryOrTell(() => Promise.resolve(7))).toBe(7);
    const refused = () => Promise.reject<number>(new PosthornError('too-many', 'Too many.'));
    expect(await tryOrTell(refused)).toBeUndefined();
    expect(toasts()).toEqual(['Too many.']);
  });

  it('shows no text of a fault: it may quote mail', async () => {
    await tryOrTell(() => Promise.reject(new Error('subject «Tea» of bob')));
    expect(toasts()[0]).not.toMatch(/Tea|bob/);
    expect(useToasts.getState().shown[0]?.tone).toBe('danger');
  });
});
