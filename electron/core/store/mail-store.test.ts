import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../shared/contract/core-events';
import type { MessageId } from '../../../shared/ids';
import { MessageDetail, MessageSummary } from '../../../shared/message';
import type { ListPlace } from '../../../shared/message';
import { placeInList } from '../../../shared/written-order';
import { present } from '../../../shared/present';
import type { NewReceived } from '../ports/storage/mail-records';
import type { MailStore } from '../ports/storage/mail-store';
import { campaign } from '../testing/campaign';
import { createMailStore } from './mail-store';
import {
  countsOf,
  ALICE,
  BOB,
  CAROL,
  newAttachmentId,
  newMessageId,
  NOW,
  openTestStore,
  received,
  saveDraft,
  submitted,
} from './testing/store-fixtures';
import type { TestStore } from './testing/store-fixtures';

const unknown = expect.objectContaining({ code: 'message-unknown' }) as Error;

describe('the mail store', () => {
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

  const receive = async (change: Partial<NewReceived> = {}): Promise<MessageId> => {
    const message = received(change);
    await store.messages.receive(message);
    return message.id;
  };
  const ids = (messages: readonly MessageSummary[]): string[] => messages.map(({ id }) => id);

  describe('receiving', () => {
    it('stores a message whole', async () => {
      const attachment = {
        id: newAttachmentId(),
        filename: 'list.txt',
        contentType: 'text/plain',
        inline: false,
        content: new Uint8Array([1, 2, 3]),
      };
      const picture = {
        id: newAttachmentId(),
        filename: 'a.png',
        contentType: 'image/png',
        contentId: 'a@b',
        inline: true,
        content: new Uint8Array(0),
      };
      const message = received({ cc: [CAROL], html: '<p>in</p>', attachments: [attachment, picture] });
      const outcome = await store.messages.receive(message);
      const summary = MessageSummary.parse(outcome.outcome === 'stored' && outcome.summary);
      expect(summary).toMatchObject({
        id: message.id,
        folder: 'inbox',
        seen: false,
        attachmentCount: 1,
        from: BOB,
        cc: [CAROL],
        deliveries: [],
      });
      expect(summary.identityId).toBe(test.identityId);
      const detail = MessageDetail.parse(store.messages.detail(message.id));
      expect(detail).toMatchObject({ summary, text: message.text, html: '<p>in</p>' });
      expect(detail.attachments).toEqual([
        { id: attachment.id, filename: 'list.txt', contentType: 'text/plain', size: 3, inline: false },
        { id: picture.id, filename: 'a.png', contentType: 'image/png', size: 0, contentId: 'a@b', inline: true },
      ]);
      expect(await store.messages.attachment(message.id, attachment.id)).toEqual({
        filename: 'list.txt',
        contentType: 'text/plain',
        content: new Uint8Array([1, 2, 3]),
      });
      expect((await store.messages.attachment(message.id, picture.id)).content).toEqual(new Uint8Array(0));
      expect(await store.messages.raw(message.id)).toEqual(new Uint8Array(Buffer.from('raw bytes')));
      await expect(store.messages.attachment(message.id, newAttachmentId())).rejects.toThrow(
        expect.objectContaining({ code: 'attachment-unknown' }) as Error,
      );
    });

    it('tells of it after the commit, with the new counts', async () => {
      const id = await receive();
      expect(test.events.types()).toEqual(['message.stored', 'mailboxes.changed']);
      expect(test.events.seen[0]).toMatchObject({ message: { id } });
      expect(test.events.seen[1]).toMatchObject({ mailboxes: [{ specialUse: 'inbox', messages: 1, unseen: 1 }] });
    });

    it('drops a second copy, at once and later', async () => {
      const message = received();
      const outcomes = await Promise.all(
        [message, { ...message, id: newMessageId() }].map((copy) => store.messages.receive(copy)),
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate']);
      await expect(store.messages.receive({ ...message, id: newMessageId() })).resolves.toEqual({
        outcome: 'duplicate',
      });
      await expect(store.messages.receive({ ...message, id: newMessageId(), from: CAROL })).resolves.toMatchObject({
        outcome: 'stored',
      });
    });

    it('does not bring a deleted message back when its sender tries again', async () => {
      const message = received();
      await store.messages.receive(message);
      store.messages.move([message.id], 'trash');
      store.messages.delete([message.id]);
      await expect(test.reopen().messages.receive({ ...message, id: newMessageId() })).resolves.toEqual({
        outcome: 'duplicate',
      });
    });

    it('keeps 200 at once with few commits, and one bad among them harms no other', async () => {
      const messages = Array.from({ length: 200 }, () => received());
      const sameId = received({ id: messages[0]!.id });
      const results = await Promise.allSettled([...messages, sameId].map((message) => store.messages.receive(message)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(200);
      expect(results[200]).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
      expect(test.events.types().filter((type) => type === 'mailboxes.changed')).toHaveLength(1);
      expect(countsOf(test.reopen()).inbox).toBe(200);
      // The pair of the failed one was not kept, so that its next try is no duplicate.
      await expect(store.messages.receive({ ...sameId, id: newMessageId() })).resolves.toMatchObject({
        outcome: 'stored',
      });
    });

    it('keeps texts that come at once in several commits, whose words each take their time', async () => {
      const text = Array.from({ length: 1_000 }, (_, index) => `w${String(index * 7)}`).join(' ');
      const messages = Array.from({ length: 24 }, () => received({ text }));
      await Promise.all(messages.map((message) => store.messages.receive(message)));
      expect(test.events.types().filter((type) => type === 'message.stored')).toHaveLength(24);
      const commits = test.events.types().filter((type) => type === 'mailboxes.changed').length;
      expect(commits).toBeGreaterThanOrEqual(6);
      expect(commits).toBeLessThanOrEqual(24);
    });

    it('finishes what waits before it closes', async () => {
      const waiting = store.messages.receive(received());
      store.close();
      await expect(waiting).resolves.toMatchObject({ outcome: 'stored' });
      expect(countsOf(test.reopen()).inbox).toBe(1);
    });

    it('counts a write as done when a listener fails', async () => {
      const failing = createMailStore({
        ...test,
        events: {
          publish: () => {
            throw new Error('listener');
          },
        },
      });
      await expect(failing.messages.receive(received())).resolves.toMatchObject({ outcome: 'stored' });
      failing.close();
    });

    it('keeps an attachment of 25 MB', async () => {
      const content = new Uint8Array(25 * 1_024 * 1_024).map((_, index) => index % 251);
      const id = newAttachmentId();
      const message = received({
        attachments: [{ id, filename: 'big.bin', contentType: 'application/octet-stream', inline: false, content }],
      });
      await store.messages.receive(message);
      expect(Buffer.from((await test.reopen().messages.attachment(message.id, id)).content).equals(content)).toBe(true);
    });

    it('lets no word of a message reach the disk in the clear', async () => {
      const subject = 'orchard-secret-subject';
      await receive({ subject, text: 'orchard-secret-text', raw: Buffer.from('orchard-secret-raw') });
      for (const suffix of ['', '-wal', '-shm']) {
        if (existsSync(test.path + suffix))
          expect(readFileSync(test.path + suffix).includes('orchard-secret')).toBe(false);
      }
      store.close();
      expect(readFileSync(test.path).includes('orchard-secret')).toBe(false);
    });
  });

  describe('lists', () => {
    it('pages newest first, without gaps or repeats', async () => {
      const all: MessageId[] = [];
      for (let i = 0; i < 7; i += 1) all.unshift(await receive());
      await receive({ folder: 'requests' });
      const first = store.messages.page({ folder: 'inbox', limit: 3 });
      const second = store.messages.page({ folder: 'inbox', before: placeInList(first.messages[2]!), limit: 3 });
      const third = store.messages.page({ folder: 'inbox', before: placeInList(second.messages[2]!), limit: 3 });
      expect(ids([...first.messages, ...second.messages, ...third.messages])).toEqual(all);
      expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    });

    const manyMessages = campaign({ short: 4_000, long: 20_000 });
    it(`pages through ${String(manyMessages)} messages in order`, async () => {
      const messages = Array.from({ length: manyMessages }, (_, index) =>
        received({ subject: `Subject ${index}`, raw: new Uint8Array(10) }),
      );
      await Promise.all(messages.map((message) => store.messages.receive(message)));
      const subjects: string[] = [];
      let before: ListPlace | undefined;
      for (let more = true; more;) {
        const page = store.messages.page({ folder: 'inbox', limit: 500, ...present({ before }) });
        subjects.push(...page.messages.map(({ subject }) => subject));
        before = placeInList(page.messages.at(-1)!);
        more = page.more;
      }
      expect(subjects).toEqual(messages.map(({ subject }) => subject).reverse());
      expect(countsOf(store).inbox).toBe(manyMessages);
    });

    it('shows a thread from its beginning, across folders', async () => {
      const threadId = '<first@x>';
      const one = await receive({ threadId });
      await receive();
      const two = await receive({ threadId, folder: 'requests' });
      expect(ids(store.messages.thread(threadId))).toEqual([one, two]);
      expect(store.messages.thread('<none@x>')).toEqual([]);
    });

    it('finds the messages of one sender in a folder', async () => {
      const one = await receive({ folder: 'requests', from: CAROL });
      await receive({ folder: 'inbox', from: CAROL });
      await receive({ folder: 'requests', from: BOB });
      const two = await receive({ folder: 'requests', from: CAROL });
      expect(store.messages.from(CAROL, 'requests')).toEqual([two, one]);
    });

    it('knows what a message answers', async () => {
      const original = received();
      await store.messages.receive(original);
      const answer = await receive({ inReplyTo: original.rfcMessageId, references: [original.rfcMessageId] });
      expect(store.messages.detail(answer).inReplyTo).toBe(original.id);
      expect(store.messages.detail(original.id).inReplyTo).toBeUndefined();
      const reference = {
        messageId: original.id,
        rfcMessageId: original.rfcMessageId,
        threadId: original.threadId,
        references: [],
      };
      expect(store.messages.reference({ messageId: original.id })).toEqual(reference);
      // Another sender's message under the same id is not what answers are about.
      await receive({ rfcMessageId: original.rfcMessageId, from: CAROL, threadId: '<other@x>' });
      expect(store.messages.reference({ rfcMessageId: original.rfcMessageId })).toEqual(reference);
      expect(store.messages.reference({ rfcMessageId: '<none@x>' })).toBeUndefined();
      expect(store.messages.reference({ messageId: saveDraft(store) })).toBeUndefined();
    });

    it('refuses what is not there', async () => {
      expect(() => store.messages.detail(newMessageId())).toThrow(unknown);
      await expect(store.messages.raw(newMessageId())).rejects.toThrow(unknown);
      await expect(store.messages.attachment(newMessageId(), newAttachmentId())).rejects.toThrow(unknown);
    });
  });

  describe('changes', () => {
    it('sets flags and tells only of what changed', async () => {
      const one = await receive();
      const two = await receive();
      store.messages.setFlags([one], { seen: true });
      test.events.clear();
      store.messages.setFlags([one, two, two], { seen: true });
      expect(test.events.types()).toEqual(['message.changed', 'mailboxes.changed']);
      expect(test.events.seen).toMatchObject([
        { message: { id: two, seen: true } },
        { mailboxes: [{ specialUse: 'inbox', unseen: 0 }] },
      ]);
      store.messages.setFlags([one], { flagged: true, seen: false });
      expect(store.messages.detail(one).summary).toMatchObject({ seen: false, flagged: true });
      test.events.clear();
      store.messages.setFlags([one], {});
      expect(test.events.seen).toEqual([]);
    });

    it('changes none when one is unknown', async () => {
      const one = await receive();
      test.events.clear();
      expect(() => store.messages.setFlags([one, newMessageId()], { seen: true })).toThrow(unknown);
      expect(() => store.messages.move([one, newMessageId()], 'archive')).toThrow(unknown);
      expect(store.messages.detail(one).summary).toMatchObject({ seen: false, folder: 'inbox' });
      expect(test.events.seen).toEqual([]);
    });

    it('moves between folders and counts anew', async () => {
      const one = await receive({ folder: 'requests' });
      test.events.clear();
      store.messages.move([one], 'inbox');
      expect(test.events.seen).toMatchObject([
        { type: 'message.changed', message: { id: one, folder: 'inbox' } },
        {
          mailboxes: [
            { specialUse: 'inbox', unseen: 1 },
            { specialUse: 'requests', unseen: 0 },
          ],
        },
      ]);
      test.events.clear();
      store.messages.move([one], 'inbox');
      expect(test.events.seen).toEqual([]);
    });

    it('moves nothing into or out of drafts and outbox', () => {
      const draft = saveDraft(store);
      const queued = saveDraft(store);
      store.outbox.submit(submitted(queued));
      for (const id of [draft, queued]) expect(() => store.messages.move([id], 'trash')).toThrow(unknown);
      expect(() => store.messages.move([draft], 'outbox')).toThrow(
        expect.objectContaining({ code: 'mailbox-refused' }) as Error,
      );
    });

    it('deletes only from trash, drafts and requests, with everything that hangs on it', async () => {
      const one = await receive();
      expect(() => store.messages.delete([one])).toThrow(unknown);
      store.messages.move([one], 'trash');
      const request = await receive({ folder: 'requests' });
      const draft = saveDraft(store);
      test.events.clear();
      store.messages.delete([one, request, draft, draft]);
      expect(test.events.types()).toEqual([
        'message.removed',
        'message.removed',
        'message.removed',
        'mailboxes.changed',
      ]);
      for (const id of [one, request, draft]) expect(() => store.messages.detail(id)).toThrow(unknown);
      await expect(store.messages.raw(one)).rejects.toThrow(unknown);
      expect(store.search.find({ text: 'apples', limit: 10 })).toEqual([]);
      expect(countsOf(store)).toEqual({
        inbox: 0,
        requests: 0,
        drafts: 0,
        outbox: 0,
        sent: 0,
        archive: 0,
        trash: 0,
      });
    });

    it('keeps the order after a restart, and never gives a place twice', async () => {
      const one = await receive({ folder: 'requests' });
      const { sequence } = store.messages.detail(one).summary;
      store.messages.delete([one]);
      store.close();
      store = test.reopen();
      const two = await receive();
      expect(store.messages.detail(two).summary.sequence).toBeGreaterThan(sequence);
      expect(store.messages.detail(two).summary.storedAt).toBe(NOW + 1);
      expect(store.messages.detail(two).summary.to).toEqual([ALICE]);
    });
  });

  it('answers calls after closing with «locked»', async () => {
    store.close();
    expect(() => countsOf(store)).toThrow(expect.objectContaining({ code: 'profile-locked' }) as Error);
    await expect(store.messages.receive(received())).rejects.toMatchObject({ code: 'profile-locked' });
  });
});
