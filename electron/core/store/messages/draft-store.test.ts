import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import { Draft } from '../../../../shared/message';
import type { MailStore } from '../../ports/storage/mail-store';
import {
  ALICE,
  BOB,
  composed,
  newAttachmentId,
  newDraft,
  newMessageId,
  NOW,
  openTestStore,
  received,
  saveDraft,
  submitted,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const unknown = expect.objectContaining({ code: 'message-unknown' }) as Error;

describe('drafts', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => {
    for (const event of test.events.seen) CoreEvent.parse(event);
    test.remove();
  });

  it('keeps what was typed, also what is no address yet', () => {
    const id = newMessageId();
    const content = composed({ to: ['bo', BOB], cc: ['x@y'], bcc: [''] });
    const draft = store.drafts.save(newDraft(content, { id }));
    expect(Draft.parse(draft)).toEqual({ id, identityId: test.identityId, content, attachments: [], savedAt: NOW });
    expect(store.drafts.get(id)).toEqual(draft);
    const [summary] = store.messages.page({ folder: 'drafts', limit: 1 }).messages;
    expect(summary).toMatchObject({
      id,
      from: ALICE,
      to: [BOB],
      cc: [],
      seen: true,
      protection: 'own',
      preview: content.text,
    });
    expect(test.events.types()).toEqual(['message.stored', 'mailboxes.changed']);
    expect(test.events.seen[1]).toMatchObject({ mailboxes: [{ specialUse: 'drafts', messages: 1 }] });
  });

  it('changes a saved draft in its place', () => {
    const id = saveDraft(store);
    const before = store.messages.detail(id).summary;
    test.events.clear();
    const content = composed({ subject: 'Perry', text: 'Pears instead' });
    const preview = 'Pears';
    store.drafts.save(newDraft(content, { id, isNew: false, threadId: '<t@x>', preview, now: NOW + 9 }));
    expect(store.drafts.get(id)).toMatchObject({
      savedAt: NOW + 9,
      content: { subject: 'Perry', text: 'Pears instead' },
    });
    expect(store.messages.detail(id).summary).toMatchObject({
      sequence: before.sequence,
      date: NOW + 9,
      storedAt: NOW,
      size: 13,
      threadId: '<t@x>',
      preview,
    });
    expect(test.events.types()).toEqual(['message.changed']);
    expect(store.search.find({ text: 'pears', limit: 5 })).toHaveLength(1);
    expect(store.search.find({ text: 'sunday', limit: 5 })).toEqual([]);
  });

  it('keeps what a reply answers, which is not answered yet', async () => {
    const original = received();
    await store.messages.receive(original);
    const id = saveDraft(store, { inReplyTo: original.id });
    expect(store.messages.detail(id).inReplyTo).toBe(original.id);
    expect(store.drafts.get(id).content.inReplyTo).toBe(original.id);
    expect(store.messages.detail(original.id).summary.answered).toBe(false);
  });

  it('holds attachments', async () => {
    const draftId = saveDraft(store, { text: 'four' });
    const id = newAttachmentId();
    const attachment = { filename: 'plan.txt', contentType: 'text/plain', content: new Uint8Array(10) };
    test.events.clear();
    const summary = store.drafts.attach({ draftId, id, attachment });
    expect(summary).toEqual({ id, filename: 'plan.txt', contentType: 'text/plain', size: 10, inline: false });
    expect(store.drafts.get(draftId).attachments).toEqual([summary]);
    expect(store.messages.detail(draftId).summary).toMatchObject({ attachmentCount: 1, size: 14 });
    expect(await store.messages.attachment(draftId, id)).toEqual(attachment);
    expect(store.search.find({ text: 'plan', limit: 5 })).toHaveLength(1);
    store.drafts.detach({ draftId, attachmentId: id });
    expect(store.drafts.get(draftId).attachments).toEqual([]);
    expect(store.search.find({ text: 'plan', limit: 5 })).toEqual([]);
    expect(test.events.types()).toEqual(['message.changed', 'message.changed']);
    expect(() => store.drafts.detach({ draftId, attachmentId: id })).toThrow(
      expect.objectContaining({ code: 'attachment-unknown' }) as Error,
    );
  });

  it('knows only drafts', async () => {
    const inbox = received();
    await store.messages.receive(inbox);
    const queued = saveDraft(store);
    store.outbox.submit(submitted(queued));
    for (const id of [inbox.id, queued, newMessageId()]) {
      const content = composed();
      expect(() => store.drafts.get(id)).toThrow(unknown);
      expect(() => store.drafts.save(newDraft(content, { id, isNew: false }))).toThrow(unknown);
      expect(() =>
        store.drafts.attach({
          draftId: id,
          id: newAttachmentId(),
          attachment: { filename: 'a', contentType: 'b', content: new Uint8Array(1) },
        }),
      ).toThrow(unknown);
    }
  });

  it('is there after a restart', () => {
    const id = saveDraft(store);
    store.close();
    expect(test.reopen().drafts.get(id).content).toEqual(composed());
  });
});
