import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SavedSearchId } from '../../../../shared/search/saved-search';
import { Keyword, MailboxId } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import { DAY_MS } from '../../domain/time';
import {
  ALICE,
  BOB,
  CAROL,
  contact,
  newAttachmentId,
  NOW,
  openTestStore,
  received,
  saveDraft,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

let test: TestStore;
const ids = new Map<MessageId, string>();

const file = (filename: string) => ({
  id: newAttachmentId(),
  filename,
  contentType: 'application/octet-stream',
  inline: false,
  content: new Uint8Array(1),
});

const keep = async (name: string, change: Parameters<typeof received>[0]): Promise<void> => {
  const message = received({ subject: name, preview: '', text: 'apples', from: BOB, to: [ALICE], ...change });
  ids.set(message.id, name);
  await test.store.messages.receive(message);
};
const idOf = (name: string): MessageId => [...ids].find(([, one]) => one === name)![0];
const find = (text: string): string[] =>
  test.store.search.find({ text, now: NOW, limit: 50 }).map(({ id }) => ids.get(id) ?? 'draft');

beforeAll(async () => {
  test = openTestStore();
  test.store.contacts.add(contact({ identityId: test.identityId, address: CAROL, name: 'Caroline Ösel' }));
  await keep('one', { date: NOW, storedAt: NOW, size: 100 });
  await keep('two', { date: NOW - DAY_MS, from: CAROL, size: 6 * 1024 ** 2, attachments: [file('Zeugnis 2024.pdf')] });
  await keep('three', { date: NOW - 10 * DAY_MS, cc: [CAROL], protection: 'unverified', text: 'apples and pears' });
  await keep('four', { date: NOW - 400 * DAY_MS, text: 'pears', bcc: [CAROL] });
  test.store.messages.setFlags([idOf('one'), idOf('three')], { seen: true });
  test.store.messages.setFlags([idOf('two')], { flagged: true });
  test.store.messages.move([idOf('four')], 'archive');
  saveDraft(test.store, { to: [CAROL], subject: 'plums' });
});
afterAll(() => test.remove());

describe('an operator', () => {
  it.each([
    ['from:carol', ['two']],
    ['from:caroline', ['two']],
    ['from:"caroline osel"', ['two']],
    [`from:${CAROL}`, ['two']],
    ['cc:caroline', ['three']],
    ['to:carol', ['draft', 'four']],
    ['to:alice', ['one', 'two', 'three', 'four']],
    ['von:carol', ['two']],
    ['subject:two', ['two']],
    ['subject:apples', []],
    ['filename:zeugnis', ['two']],
    ['filename:two', []],
    ['has:attachment', ['two']],
    ['-has:attachment apples', ['one', 'three']],
    ['is:unread', ['two', 'four']],
    ['is:read', ['draft', 'one', 'three']],
    ['is:flagged', ['two']],
    ['is:flagged apples', ['two']],
    ['is:unverified -is:own', ['three']],
    ['is:verified apples', ['one', 'two']],
    ['from:me', ['draft']],
    ['in:archive', ['four']],
    ['in:Posteingang', ['one', 'two', 'three']],
    ['in:nowhere', []],
    ['larger:5MB', ['two']],
    ['larger:5MB smaller:5MB', []],
    ['smaller:101', ['draft', 'one']],
    ['after:yesterday apples', ['one', 'two']],
    ['before:yesterday', ['three', 'four']],
    ['on:yesterday', ['two']],
    ['before:1y', ['four']],
    ['after:7d before:today apples', ['two']],
    ['apples -pears', ['one', 'two']],
    ['-apples', ['draft', 'four']],
    ['-"and pears" pears', ['four']],
    ['apples OR pears', ['one', 'two', 'three', 'four']],
    ['(apples pears) OR is:flagged', ['two', 'three']],
    ['apples (is:flagged OR cc:carol)', ['two', 'three']],
    ['-(apples OR pears)', ['draft']],
    ['"and pears"', ['three']],
    ['"and pear"', []],
    ['"pears and"', []],
    ['app', ['one', 'two', 'three']],
    ['a', ['draft', 'one', 'two', 'three', 'four']],
  ])('%s finds %j', (text, names) => expect([...find(text)].sort()).toEqual([...names].sort()));

  it('knows a state and a name that have just changed', () => {
    test.store.messages.setFlags([idOf('one')], { flagged: true });
    expect(find('is:flagged')).toEqual(['one', 'two']);
    test.store.messages.setFlags([idOf('one')], { flagged: false });
    expect(find('is:flagged')).toEqual(['two']);
    const carol = test.store.contacts.find(CAROL)!;
    test.store.contacts.update(carol.id, { name: 'Zora' });
    expect([find('from:zora'), find('from:caroline')]).toEqual([['two'], []]);
    test.store.contacts.update(carol.id, { name: 'Caroline Ösel' });
  });
});

describe('mailboxes of one’s own, and tags', () => {
  it('are found by their names, with or without those around them, and by the keyword', async () => {
    const own = openTestStore();
    const { store } = own;
    const make = (name: string, parentId?: MailboxId): MailboxId =>
      store.mailboxes.make({ id: MailboxId.parse(randomUUID()), name, ...(parentId ? { parentId } : {}) }).id;
    const [work, home] = [make('Work'), make('Zu Hause')];
    const inner = make('2026', work);
    const subjects = ['in inner', 'at home', 'in the inbox'] as const;
    const all = new Map<string, MessageId>();
    for (const subject of subjects) {
      const message = received({ subject });
      all.set(subject, message.id);
      await store.messages.receive(message);
    }
    store.messages.move([all.get('in inner')!], inner);
    store.messages.move([all.get('at home')!], home);
    store.tags.put({ keyword: Keyword.parse('todo'), name: 'To do', colour: 'blue' });
    store.tags.setKeywords({ messageIds: [all.get('at home')!], add: [Keyword.parse('todo')], remove: [] });
    const found = (text: string) => store.search.find({ text, limit: 9 }).map(({ subject }) => subject);
    expect([found('in:2026'), found('in:work/2026'), found('in:home/2026')]).toEqual([['in inner'], ['in inner'], []]);
    expect([found('in:"zu hause"'), found('in:inbox')]).toEqual([['at home'], ['in the inbox']]);
    expect([found('tag:todo'), found('tag:"to do"'), found('tag:other')]).toEqual([['at home'], ['at home'], []]);
    expect(found('-tag:todo -in:work/2026')).toEqual(['in the inbox']);
    own.remove();
  });
});

describe("a place of the person's own", () => {
  it('is known by its name in whatever case, and so are tags and keywords', () => {
    const made = test.store.mailboxes.make({ id: MailboxId.parse(randomUUID()), name: 'Ärzte 2026' });
    test.store.messages.move([idOf('two')], made.id);
    expect([find('in:"ärzte 2026"'), find('in:ÄRZTE'), find('in:inbox')]).toEqual([['two'], [], ['one', 'three']]);
    const [tag, keyword] = [Keyword.parse('tag1'), Keyword.parse('$forwarded')];
    test.store.tags.put({ keyword: tag, name: 'Zu Hause', colour: 'red' });
    test.store.tags.setKeywords({ messageIds: [idOf('one')], add: [tag, keyword], remove: [] });
    expect([find('tag:"zu HAUSE"'), find('tag:$forwarded'), find('tag:other')]).toEqual([['one'], ['one'], []]);
    expect(find('in:inbox -tag:"zu hause"')).toEqual(['three']);
    test.store.messages.move([idOf('two')], 'inbox');
    test.store.mailboxes.remove(made.id);
    test.store.tags.removeSome(tag);
  });
});

describe('the found messages', () => {
  it('stand in the order of writing, page by page, each once', async () => {
    const store = openTestStore();
    const dates = [5, 3, 9, 3, 3, 7, 1, 9];
    for (const [index, date] of dates.entries())
      await store.store.messages.receive(
        received({ subject: `hit ${index}`, date: NOW + date, storedAt: NOW + index }),
      );
    const all = store.store.search.find({ text: 'hit', limit: 50 });
    expect(all).toEqual(store.store.messages.page({ folder: 'inbox', limit: 50 }).messages);
    for (const order of ['newest', 'best'] as const) {
      const whole = store.store.search.find({ text: 'hit', order, limit: 50 }).map(({ id }) => id);
      const paged: MessageId[] = [];
      for (let page = store.store.search.find({ text: 'hit', order, limit: 3 }); page.length > 0;) {
        paged.push(...page.map(({ id }) => id));
        page = store.store.search.find({ text: 'hit', order, before: page.at(-1)!, limit: 3 });
      }
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(dates.length);
    }
    store.remove();
  });

  it('are counted', () => {
    expect(test.store.search.count({ text: 'apples' })).toEqual({ count: 3, isMore: false });
    expect(test.store.search.count({ text: 'apples is:flagged' })).toEqual({ count: 1, isMore: false });
    expect(test.store.search.count({ text: '…' })).toEqual({ count: 0, isMore: false });
  });

  it('are ranked by where the word stands: in the subject first', async () => {
    const store = openTestStore();
    await store.store.messages.receive(received({ subject: 'quinces', text: 'x', date: NOW - 5 }));
    await store.store.messages.receive(received({ subject: 'other', text: 'of quinces', date: NOW }));
    const subjects = (order: 'newest' | 'best') =>
      store.store.search.find({ text: 'quinces', order, limit: 5 }).map(({ subject }) => subject);
    expect([subjects('newest'), subjects('best')]).toEqual([
      ['other', 'quinces'],
      ['quinces', 'other'],
    ]);
    store.remove();
  });

  it('follow a draft that is dated anew, and forget what was deleted', () => {
    const store = openTestStore();
    const id = saveDraft(store.store, { subject: 'medlars' });
    expect(store.store.search.find({ text: 'medlars', limit: 5 })).toHaveLength(1);
    store.store.messages.delete([id]);
    expect(store.store.search.find({ text: 'medlars', limit: 5 })).toEqual([]);
    expect(store.store.search.find({ text: '-medlars', limit: 5 })).toEqual([]);
    store.remove();
  });
});

describe('a saved search', () => {
  const id = SavedSearchId.parse('00000001-0000-4000-8000-000000000000');

  it('is kept as it was typed, whatever it says, renamed and deleted', () => {
    const text = '((from: "OR -\u0000* is:purple';
    test.events.clear();
    const kept = test.store.search.saved.add({ id, name: 'Odd', text });
    expect(kept).toMatchObject({ name: 'Odd', text: '((from: "OR -\u0000* is:purple' });
    expect(find(kept.text)).toEqual([]);
    test.store.search.saved.change(id, { name: 'Odder' });
    expect(test.store.search.saved.all()).toMatchObject([{ id, name: 'Odder', text }]);
    test.store.search.saved.remove(id);
    expect(test.store.search.saved.all()).toEqual([]);
    expect(test.events.types()).toEqual(Array(3).fill('searches.changed'));
    expect(() => test.store.search.saved.remove(id)).toThrow(
      expect.objectContaining({ code: 'search-unknown' }) as Error,
    );
    expect(() => test.store.search.saved.change(id, {})).toThrow(
      expect.objectContaining({ code: 'search-unknown' }) as Error,
    );
  });
});
