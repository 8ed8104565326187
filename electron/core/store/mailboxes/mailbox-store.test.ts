import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Keyword, MailboxId } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import { MAX_EXPUNGED_KEPT, MAX_KEYWORDS, MAX_TAGS } from '../../domain/limits';
import type { MailStore } from '../../ports/storage/mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { received, saveDraft, submitted, newDraft, composed, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

let test: TestStore;
let store: MailStore;
beforeEach(() => {
  test = openTestStore();
  store = test.store;
});
afterEach(() => test.remove());

const newId = (): MailboxId => MailboxId.parse(randomUUID());
const make = (name: string, parentId?: MailboxId): MailboxId =>
  store.mailboxes.make({ id: newId(), name, ...(parentId === undefined ? {} : { parentId }) }).id;
const receive = async (): Promise<MessageId> => {
  const stored = await store.messages.receive(received());
  if (stored.outcome !== 'stored') throw new Error('not stored');
  return stored.summary.id;
};
const uids = (mailbox: MailboxRef): number[] =>
  store.mailboxes.entries({ mailbox, limit: 1_000 }).map(({ uid }) => uid);
const failing = (code: string) => expect.objectContaining({ code }) as Error;

describe('mailboxes', () => {
  it('are seven to begin with, each with a UIDVALIDITY and no mail', () => {
    expect(store.mailboxes.all().map(({ specialUse }) => specialUse)).toEqual([
      'inbox',
      'requests',
      'drafts',
      'outbox',
      'sent',
      'archive',
      'trash',
    ]);
    expect(store.mailboxes.state('inbox')).toMatchObject({ uidNext: 1, messages: 0, unseen: 0, octets: 0 });
    expect(store.mailboxes.state('inbox').uidValidity).toBeGreaterThan(1_700_000_000);
  });

  it('are listed behind what they lie in, after a move and after a restart', () => {
    const [a, b] = [make('A'), make('B')];
    const inside = make('Inside', b);
    store.mailboxes.place({ id: b, name: 'B', parentId: a });
    const own = (from: MailStore) => from.mailboxes.all().filter(({ specialUse }) => specialUse === undefined);
    expect(own(store).map(({ id, parentId }) => [id, parentId])).toEqual([
      [a, undefined],
      [b, a],
      [inside, b],
    ]);
    expect(own(test.reopen())).toEqual(own(store));
  });

  it.each([
    ['case', 'Bücher', 'bÜCHER'],
    ['composition', 'Bu\u0308cher', 'Bücher'],
    ['width', 'ＡＢＣ', 'abc'],
    ['sharp s', 'Straße', 'STRASSE'],
    ['dotted I', 'İstanbul', 'i\u0307stanbul'],
    ['long s', 'ſent to me', 'Sent To Me'],
  ])('have one of each name in one place, whatever its %s', (_what, one, other) => {
    const first = make(one.normalize('NFC'));
    expect(() => make(other.normalize('NFC'))).toThrow(failing('mailbox-exists'));
    const inside = make(other.normalize('NFC'), first);
    expect(() => store.mailboxes.place({ id: inside, name: other.normalize('NFC') })).toThrow(
      failing('mailbox-exists'),
    );
    expect(store.mailboxes.place({ id: first, name: other.normalize('NFC') }).name).toBe(other.normalize('NFC'));
  });

  it('cannot have the name of one of the seven beside it', () => {
    for (const name of ['INBOX', 'Sent', 'trash']) expect(() => make(name)).toThrow(failing('mailbox-exists'));
  });

  it('of a name that was deleted are another: their UIDVALIDITY grows, and a restart does not forget it', () => {
    const seen = new Set<number>();
    for (let round = 0; round < 5; round += 1) {
      const id = make('Projects');
      seen.add(store.mailboxes.state(id).uidValidity);
      store.mailboxes.remove(id);
      store = test.reopen();
    }
    expect(seen.size).toBe(5);
    expect([...seen]).toEqual([...seen].sort((one, other) => one - other));
  });

  it('are removed only empty, and never the seven', async () => {
    const outer = make('Outer');
    const inner = make('Inner', outer);
    const message = await receive();
    store.messages.move([message], inner);
    expect(() => store.mailboxes.remove(inner)).toThrow(failing('mailbox-refused'));
    expect(() => store.mailboxes.remove(outer)).toThrow(failing('mailbox-refused'));
    store.messages.move([message], 'inbox');
    test.events.clear();
    store.mailboxes.remove(inner);
    store.mailboxes.remove(outer);
    expect(test.events.seen).toMatchObject([
      { type: 'mailbox.removed', mailboxId: inner },
      { type: 'mailbox.removed', mailboxId: outer },
    ]);
    const { id } = store.mailboxes.get('archive');
    expect(() => store.mailboxes.remove(id)).toThrow(failing('mailbox-refused'));
    expect(() => store.mailboxes.get(outer)).toThrow(failing('mailbox-unknown'));
    expect(() => store.messages.page({ folder: outer, limit: 1 })).toThrow(failing('mailbox-unknown'));
    expect(() => store.messages.move([message], outer)).toThrow(failing('mailbox-unknown'));
  });

  it('tell of themselves once a commit, when a name, a place or a number is another', async () => {
    const id = make('Own');
    expect(test.events.seen.at(-1)).toMatchObject({ type: 'mailboxes.changed', mailboxes: [{ id, name: 'Own' }] });
    const message = await receive();
    test.events.clear();
    store.messages.setFlags([message], { flagged: true });
    expect(test.events.types()).toEqual(['message.changed']);
    store.messages.move([message], id);
    expect(test.events.seen.slice(1)).toMatchObject([
      { type: 'message.changed', message: { mailboxId: id } },
      {
        mailboxes: [
          { specialUse: 'inbox', messages: 0 },
          { id, messages: 1, unseen: 1 },
        ],
      },
    ]);
    expect(store.messages.detail(message).summary).not.toHaveProperty('folder');
    expect(store.messages.lastUnread(id)?.id).toBe(message);
    expect(store.messages.page({ folder: id, limit: 5 }).messages.map((each) => each.id)).toEqual([message]);
    test.events.clear();
    store.mailboxes.place({ id, name: 'Renamed' });
    expect(test.events.seen).toMatchObject([{ mailboxes: [{ id, name: 'Renamed', messages: 1 }] }]);
  });

  it.each(['requests', 'drafts', 'outbox'] as const)('take no mail by hand when they are for %s', async (use) => {
    const message = await receive();
    expect(() => store.messages.move([message], use)).toThrow(failing('mailbox-refused'));
    expect(() => store.messages.move([message], store.mailboxes.get(use).id)).toThrow(failing('mailbox-refused'));
    expect(store.messages.detail(message).summary.folder).toBe('inbox');
  });
});

describe('UIDs', () => {
  it('grow, and are new after each move, there and back', async () => {
    const [one, two] = [await receive(), await receive()];
    expect(uids('inbox')).toEqual([1, 2]);
    store.messages.move([one], 'archive');
    store.messages.move([one], 'inbox');
    expect(uids('inbox')).toEqual([2, 3]);
    expect(uids('archive')).toEqual([]);
    expect(store.mailboxes.state('archive').uidNext).toBe(2);
    store.messages.move([two], 'trash');
    store.messages.delete([two]);
    const again = test.reopen();
    expect(again.mailboxes.state('trash')).toMatchObject({ uidNext: 2, messages: 0, octets: 0 });
    store = again;
    await receive();
    expect(uids('inbox')).toEqual([3, 4]);
  });

  it('of a draft are new with every text, and of what was sent with every place', () => {
    const draft = newDraft(composed());
    store.drafts.save(draft);
    const [first] = uids('drafts');
    store.drafts.save({ ...draft, isNew: false, content: composed({ text: 'Otherwise' }) });
    expect(uids('drafts')).toHaveLength(1);
    expect(uids('drafts')[0]).toBeGreaterThan(first!);
    const { deliveries } = store.outbox.submit(submitted(draft.id));
    expect([uids('drafts'), uids('outbox')]).toEqual([[], [1]]);
    for (const { id } of deliveries)
      store.outbox.changeDelivery(id, { state: 'delivered', reason: 'none', attempts: 1 });
    expect([uids('outbox'), uids('sent')]).toEqual([[], [1]]);
    expect(store.mailboxes.expungedSince({ mailbox: 'outbox', modseq: 0 })).toEqual([1]);
  });

  it('know nothing of control messages', () => {
    const before = store.mailboxes.state('outbox');
    saveDraft(store);
    expect(store.mailboxes.state('outbox')).toEqual(before);
  });
});

describe('what a mail program missed', () => {
  it('is what has a higher MODSEQ, and the UIDs that went', async () => {
    const ids = [await receive(), await receive(), await receive(), await receive()];
    const { highestModseq: modseq } = store.mailboxes.state('inbox');
    const changed = () => store.mailboxes.entries({ mailbox: 'inbox', changedSince: modseq, limit: 100 });
    expect(changed()).toEqual([]);
    store.messages.setFlags([ids[1]!], { flagged: true });
    store.tags.setKeywords({ messageIds: [ids[2]!], add: [Keyword.parse('$junk')], remove: [] });
    store.messages.move([ids[0]!], 'trash');
    expect(changed()).toMatchObject([
      { uid: 2, flagged: true, seen: false, keywords: [] },
      { uid: 3, flagged: false, keywords: ['$junk'] },
    ]);
    expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq })).toEqual([1]);
    expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq: 0 })).toEqual([1]);
    expect(new Set(changed().map((entry) => entry.modseq)).size).toBe(2);
    expect(store.mailboxes.state('inbox').highestModseq).toBeGreaterThan(modseq + 2);
    expect(store.mailboxes.entries({ mailbox: 'inbox', afterUid: 2, limit: 1 })).toMatchObject([{ uid: 3 }]);
  });

  it('is nothing when nothing became another', async () => {
    const id = await receive();
    store.messages.setFlags([id], { seen: true });
    const before = store.mailboxes.state('inbox');
    store.messages.setFlags([id], { seen: true, flagged: false });
    store.tags.setKeywords({ messageIds: [id], add: [], remove: [Keyword.parse('none')] });
    store.messages.move([id], 'inbox');
    expect(store.mailboxes.state('inbox')).toEqual(before);
  });

  it('is forgotten by the half when it is too much, and then said to be unknown', async () => {
    const messages = 100;
    await Promise.all(Array.from({ length: messages }, () => receive()));
    const { highestModseq: modseq } = store.mailboxes.state('inbox');
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    const there = `UPDATE messages SET mailbox = (SELECT row FROM mailboxes WHERE special_use = 'archive')`;
    const back = `UPDATE messages SET mailbox = (SELECT row FROM mailboxes WHERE special_use = 'inbox')`;
    const away = (times: number): void => sql.exec(`BEGIN; ${`${there}; ${back};`.repeat(times)} COMMIT`);
    away(MAX_EXPUNGED_KEPT / messages);
    expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq })).toHaveLength(MAX_EXPUNGED_KEPT);
    const { highestModseq: late } = store.mailboxes.state('inbox');
    away(1);
    expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq })).toBeUndefined();
    expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq: late })).toHaveLength(messages);
    expect(uids('inbox')).toHaveLength(messages);
    sql.close();
  });
});

describe('tags', () => {
  const keyword = (text: string): Keyword => Keyword.parse(text);

  it('are kept with their colour, in the order in which they were made', () => {
    store.tags.put({ keyword: keyword('work'), name: 'Work', colour: 'red' });
    store.tags.put({ keyword: keyword('home'), name: 'Home', colour: 'blue' });
    store.tags.put({ keyword: keyword('work'), name: 'Trabajo', colour: 'green' });
    expect(test.reopen().tags.all()).toEqual([
      { keyword: 'work', name: 'Trabajo', colour: 'green' },
      { keyword: 'home', name: 'Home', colour: 'blue' },
    ]);
    expect(() => store.tags.put({ keyword: keyword('other'), name: 'HOME', colour: 'red' })).toThrow(
      failing('mailbox-exists'),
    );
  });

  it('are told with the message, and go from all when one is deleted', async () => {
    const [one, two] = [await receive(), await receive()];
    store.tags.put({ keyword: keyword('work'), name: 'Work', colour: 'red' });
    test.events.clear();
    store.tags.setKeywords({ messageIds: [one, two], add: [keyword('work'), keyword('a')], remove: [] });
    expect(test.events.seen).toMatchObject([
      { message: { id: one, keywords: ['a', 'work'] } },
      { message: { id: two, keywords: ['a', 'work'] } },
    ]);
    test.events.clear();
    expect(store.tags.removeSome(keyword('work'))).toBe(false);
    expect(test.events.seen).toMatchObject([
      { message: { id: one, keywords: ['a'] } },
      { message: { id: two, keywords: ['a'] } },
      { type: 'tags.changed', tags: [] },
    ]);
    store.tags.setKeywords({ messageIds: [one], add: [], remove: [keyword('a')] });
    expect(store.messages.detail(one).summary).not.toHaveProperty('keywords');
  });

  it('go from many messages in short commits, and are there until the last has lost it', async () => {
    const ids = await Promise.all(Array.from({ length: 45 }, receive));
    store.tags.put({ keyword: keyword('work'), name: 'Work', colour: 'red' });
    store.tags.setKeywords({ messageIds: ids, add: [keyword('work')], remove: [] });
    const steps: [boolean, number, number][] = [];
    for (let isLeft = true; isLeft;) {
      test.events.clear();
      isLeft = store.tags.removeSome(keyword('work'));
      steps.push([isLeft, test.events.seen.length, store.tags.all().length]);
    }
    expect(steps).toEqual([
      [true, 20, 1],
      [true, 20, 1],
      [false, 6, 0],
    ]);
    for (const id of ids) expect(store.messages.detail(id).summary).not.toHaveProperty('keywords');
    test.events.clear();
    expect(store.tags.removeSome(keyword('work'))).toBe(false);
    expect(test.events.seen).toEqual([]);
  });

  it('of a message, and in all, have an end; then nothing was changed', async () => {
    const one = await receive();
    const many = Array.from({ length: MAX_KEYWORDS + 1 }, (_, index) => keyword(`k${String(index)}`));
    expect(() => store.tags.setKeywords({ messageIds: [one], add: many, remove: [] })).toThrow(failing('too-many'));
    expect(store.messages.detail(one).summary).not.toHaveProperty('keywords');
    for (let number = 0; number < MAX_TAGS; number += 1)
      store.tags.put({ keyword: keyword(`t${String(number)}`), name: `T ${String(number)}`, colour: 'slate' });
    expect(() => store.tags.put({ keyword: keyword('more'), name: 'More', colour: 'red' })).toThrow(
      failing('too-many'),
    );
    store.tags.put({ keyword: keyword('t3'), name: 'Other', colour: 'red' });
  });
});
