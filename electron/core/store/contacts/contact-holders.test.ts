import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import type { ContactId } from '../../../../shared/ids';
import type { MailStore } from '../../ports/storage/mail-store';
import { addBob, DAVE, DAY, ERIN, holderList } from '../testing/custody-fixtures';
import { CAROL, contact, newContactId, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import { TOKENS_PER_CONTACT } from '../../domain/custody-limits';

const unknown = expect.objectContaining({ code: 'contact-unknown' }) as Error;

describe("what contacts and we know of each other's holders", () => {
  let test: TestStore;
  let store: MailStore;
  let bob: ContactId;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
    bob = addBob(test);
    test.events.clear();
  });
  afterEach(() => {
    for (const event of test.events.seen) CoreEvent.parse(event);
    test.remove();
  });

  it('gives each contact a seed of their own, once', () => {
    const first = store.custody.asRecipient.tokenSeed({
      contactId: bob,
      fresh: () => ({ seed: new Uint8Array(32).fill(1), first: 0 }),
    });
    expect(
      test.reopen().custody.asRecipient.tokenSeed({
        contactId: bob,
        fresh: () => ({ seed: new Uint8Array(32).fill(2), first: 0 }),
      }),
    ).toEqual(first);
    store.custody.asRecipient.recordTokenUsed({ contactId: bob, holder: DAVE, index: 4 });
    store.custody.asRecipient.dropTokenSeed(bob);
    expect(
      store.custody.asRecipient.tokenSeed({
        contactId: bob,
        fresh: () => ({ seed: new Uint8Array(32).fill(3), first: 3 }),
      }),
    ).toEqual({
      seed: new Uint8Array(32).fill(3),
      first: 3,
    });
    expect(store.custody.asRecipient.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(5);
    expect(() =>
      store.custody.asRecipient.tokenSeed({
        contactId: newContactId(),
        fresh: () => ({ seed: new Uint8Array(32), first: 0 }),
      }),
    ).toThrow(unknown);
  });

  it('goes on after a restore with numbers that contacts have not passed, under seeds of which nothing is spent', () => {
    // As the recipient: five were seen before the backup, and fifty have been used.
    store.custody.asRecipient.tokenSeed({
      contactId: bob,
      fresh: () => ({ seed: new Uint8Array(32).fill(1), first: 0 }),
    });
    store.custody.asRecipient.recordTokenUsed({ contactId: bob, holder: DAVE, index: 4 });
    store.custody.asRecipient.putListSent({ contactId: bob, content: JSON.stringify(holderList()) });
    store.custody.asRecipient.loseCount();
    const renewed = store.custody.asRecipient.tokenSeed({
      contactId: bob,
      fresh: () => ({ seed: new Uint8Array(32).fill(2), first: 1_000 }),
    });
    expect(renewed).toEqual({ seed: new Uint8Array(32).fill(2), first: 1_000 });
    expect(JSON.parse(store.custody.asRecipient.listSent(bob)!)).toMatchObject({ issuedAt: NOW, tokenSeed: '' });
    // As the contact.
    const by = { contactId: bob, holder: DAVE };
    store.custody.asSender.putHolderList({ contactId: bob, card: holderList() });
    for (let count = 0; count < 50; count += 1) store.custody.asSender.takeToken(by);
    store.custody.asSender.putHolderList({
      contactId: bob,
      card: holderList({ issuedAt: NOW + 1, firstToken: renewed.first }),
    });
    expect(store.custody.asSender.takeToken(by)).toBe(store.custody.asRecipient.nextTokenOf(by));
    // What was left under the old seed and comes late changes nothing.
    store.custody.asRecipient.recordTokenUsed({ ...by, index: 49 });
    expect(store.custody.asRecipient.nextTokenOf(by)).toBe(1_000);
  });

  it('leaves out after a restore what may be spent of the tokens of contacts, and asks those who have holders for others', () => {
    const by = { contactId: bob, holder: DAVE };
    store.custody.asSender.putHolderList({ contactId: bob, card: holderList({ firstToken: 100 }) });
    expect(store.custody.asSender.takeToken(by)).toBe(100);
    store.custody.asRecipient.loseCount();
    expect(store.custody.asSender.takeToken(by)).toBe(101 + TOKENS_PER_CONTACT / 2);
    expect(JSON.parse(store.custody.asRecipient.listSent(bob)!)).toEqual({ issuedAt: 0, tokenSeed: '', holders: [] });
  });

  it('counts the tokens that a contact used, at each holder, whatever comes first', () => {
    expect(store.custody.asRecipient.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(0);
    for (const index of [2, 0, -5, Number.MAX_SAFE_INTEGER])
      store.custody.asRecipient.recordTokenUsed({ contactId: bob, holder: DAVE, index });
    expect(store.custody.asRecipient.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(3);
    expect(store.custody.asRecipient.nextTokenOf({ contactId: bob, holder: ERIN })).toBe(0);
  });

  it('remembers the holder list that a contact was sent', () => {
    expect(store.custody.asRecipient.listSent(bob)).toBeUndefined();
    for (const content of ['one', 'two']) store.custody.asRecipient.putListSent({ contactId: bob, content });
    expect(store.custody.asRecipient.listSent(bob)).toBe('two');
    store.custody.asRecipient.putListSent({ contactId: bob, content: undefined });
    expect(store.custody.asRecipient.listSent(bob)).toBeUndefined();
  });

  it('keeps the newest holder list of a contact, and shows how many holders it names', () => {
    const card = holderList({
      holders: [
        { onion: DAVE, until: NOW },
        { onion: ERIN, until: NOW + DAY },
      ],
    });
    store.custody.asSender.putHolderList({ contactId: bob, card });
    store.custody.asSender.putHolderList({ contactId: bob, card: holderList({ issuedAt: NOW - 1 }) });
    expect(store.custody.asSender.holderList(bob)).toEqual(card);
    expect(store.contacts.find(bob)?.holderCount).toBe(2);
    expect(test.events.seen).toMatchObject([{ type: 'contact.changed', contact: { id: bob, holderCount: 2 } }]);
    store.custody.asSender.putHolderList({ contactId: bob, card: holderList({ issuedAt: NOW + 1, holders: [] }) });
    expect(store.contacts.all()).toMatchObject([{ id: bob, holderCount: 0 }]);
    expect(() => store.custody.asSender.putHolderList({ contactId: newContactId(), card })).toThrow(unknown);
  });

  it('takes each token once, also after a new holder list', () => {
    const take = (holder = DAVE): number => store.custody.asSender.takeToken({ contactId: bob, holder });
    store.custody.asSender.restHolder({ contactId: bob, holder: DAVE, until: NOW });
    expect([take(), take(), take(ERIN)]).toEqual([0, 1, 0]);
    store.custody.asSender.putHolderList({ contactId: bob, card: holderList() });
    expect(take()).toBe(2);
    expect(() => store.custody.asSender.takeToken({ contactId: newContactId(), holder: DAVE })).toThrow(unknown);
  });

  it('stays among the tokens that can be accepted, however many were refused', () => {
    const take = (): number => store.custody.asSender.takeToken({ contactId: bob, holder: DAVE });
    const taken = Array.from({ length: 100 }, take);
    expect(Math.max(...taken)).toBe(TOKENS_PER_CONTACT - 1);
    expect(new Set(taken).size).toBe(TOKENS_PER_CONTACT);
  });

  it('lets a holder rest', () => {
    expect(store.custody.asSender.holderRestsUntil({ contactId: bob, holder: DAVE })).toBeUndefined();
    store.custody.asSender.takeToken({ contactId: bob, holder: DAVE });
    expect(store.custody.asSender.holderRestsUntil({ contactId: bob, holder: DAVE })).toBeUndefined();
    for (const until of [NOW + 9, NOW + 5]) store.custody.asSender.restHolder({ contactId: bob, holder: DAVE, until });
    expect(store.custody.asSender.holderRestsUntil({ contactId: bob, holder: DAVE })).toBe(NOW + 5);
    expect(store.custody.asSender.holderRestsUntil({ contactId: bob, holder: ERIN })).toBeUndefined();
  });

  it('asks for read receipts and tells of holders as the person chose', () => {
    expect(store.contacts.find(bob)).toMatchObject({ sendsReadReceipts: false, learnsHolders: true });
    expect(store.contacts.update(bob, { sendsReadReceipts: true })).toMatchObject({
      sendsReadReceipts: true,
      learnsHolders: true,
    });
    expect(store.contacts.update(bob, { learnsHolders: false })).toMatchObject({
      sendsReadReceipts: true,
      learnsHolders: false,
    });
    expect(store.contacts.update(bob, { name: 'Robert' })).toMatchObject({
      sendsReadReceipts: true,
      learnsHolders: false,
    });
    const claimed = contact({
      identityId: test.identityId,
      address: CAROL,
      learnsHolders: false,
      holderCount: 9,
      isPrivate: true,
    });
    expect(store.contacts.add(claimed)).toMatchObject({ learnsHolders: false, holderCount: 0, isPrivate: false });
  });

  it('forgets all of it with the contact', () => {
    store.custody.asRecipient.tokenSeed({ contactId: bob, fresh: () => ({ seed: new Uint8Array(32), first: 0 }) });
    store.custody.asRecipient.recordTokenUsed({ contactId: bob, holder: DAVE, index: 1 });
    store.custody.asRecipient.putListSent({ contactId: bob, content: 'one' });
    store.custody.asSender.putHolderList({ contactId: bob, card: holderList() });
    store.custody.asSender.restHolder({ contactId: bob, holder: DAVE, until: NOW });
    store.contacts.remove(bob);
    expect([
      store.custody.asRecipient.listSent(bob),
      store.custody.asSender.holderList(bob),
      store.custody.asSender.holderRestsUntil({ contactId: bob, holder: DAVE }),
    ]).toEqual([undefined, undefined, undefined]);
    expect(store.custody.asRecipient.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(0);
  });
});
