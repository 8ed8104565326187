import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/core-events';
import type { ContactId } from '../../../../shared/ids';
import { TOKENS_PER_CONTACT } from '../../domain/limits';
import type { MailStore } from '../../ports/mail-store';
import { addBob, DAVE, DAY, ERIN, holderList } from '../testing/holding-fixtures';
import { CAROL, contact, newContactId, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

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
    const first = store.tokenSeed({ contactId: bob, fresh: () => ({ seed: new Uint8Array(32).fill(1), first: 0 }) });
    expect(
      test.reopen().tokenSeed({ contactId: bob, fresh: () => ({ seed: new Uint8Array(32).fill(2), first: 0 }) }),
    ).toEqual(first);
    store.recordTokenUsed({ contactId: bob, holder: DAVE, index: 4 });
    store.dropTokenSeed(bob);
    expect(store.tokenSeed({ contactId: bob, fresh: () => ({ seed: new Uint8Array(32).fill(3), first: 3 }) })).toEqual({
      seed: new Uint8Array(32).fill(3),
      first: 3,
    });
    expect(store.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(5);
    expect(() =>
      store.tokenSeed({ contactId: newContactId(), fresh: () => ({ seed: new Uint8Array(32), first: 0 }) }),
    ).toThrow(unknown);
  });

  it('goes on after a restore with numbers that contacts have not passed, under seeds of which nothing is spent', () => {
    // As the recipient: five were seen before the backup, and fifty have been used.
    store.tokenSeed({ contactId: bob, fresh: () => ({ seed: new Uint8Array(32).fill(1), first: 0 }) });
    store.recordTokenUsed({ contactId: bob, holder: DAVE, index: 4 });
    store.putListSent({ contactId: bob, content: JSON.stringify(holderList()) });
    store.loseCount();
    const renewed = store.tokenSeed({
      contactId: bob,
      fresh: () => ({ seed: new Uint8Array(32).fill(2), first: 1_000 }),
    });
    expect(renewed).toEqual({ seed: new Uint8Array(32).fill(2), first: 1_000 });
    expect(JSON.parse(store.listSent(bob)!)).toMatchObject({ issuedAt: NOW, tokenSeed: '' });
    // As the contact.
    const by = { contactId: bob, holder: DAVE };
    store.putHolderList({ contactId: bob, card: holderList() });
    for (let count = 0; count < 50; count += 1) store.takeToken(by);
    store.putHolderList({ contactId: bob, card: holderList({ issuedAt: NOW + 1, firstToken: renewed.first }) });
    expect(store.takeToken(by)).toBe(store.nextTokenOf(by));
    // What was left under the old seed and comes late changes nothing.
    store.recordTokenUsed({ ...by, index: 49 });
    expect(store.nextTokenOf(by)).toBe(1_000);
  });

  it('leaves out after a restore what may be spent of the tokens of contacts, and asks those who have holders for others', () => {
    const by = { contactId: bob, holder: DAVE };
    store.putHolderList({ contactId: bob, card: holderList({ firstToken: 100 }) });
    expect(store.takeToken(by)).toBe(100);
    store.loseCount();
    expect(store.takeToken(by)).toBe(101 + TOKENS_PER_CONTACT / 2);
    expect(JSON.parse(store.listSent(bob)!)).toEqual({ issuedAt: 0, tokenSeed: '', holders: [] });
  });

  it('counts the tokens that a contact used, at each holder, whatever comes first', () => {
    expect(store.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(0);
    for (const index of [2, 0, -5, Number.MAX_SAFE_INTEGER])
      store.recordTokenUsed({ contactId: bob, holder: DAVE, index });
    expect(store.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(3);
    expect(store.nextTokenOf({ contactId: bob, holder: ERIN })).toBe(0);
  });

  it('remembers the card that a contact was sent', () => {
    expect(store.listSent(bob)).toBeUndefined();
    for (const content of ['one', 'two']) store.putListSent({ contactId: bob, content });
    expect(store.listSent(bob)).toBe('two');
    store.putListSent({ contactId: bob, content: undefined });
    expect(store.listSent(bob)).toBeUndefined();
  });

  it('keeps the newest card of a contact, and shows how many holders it names', () => {
    const card = holderList({
      holders: [
        { onion: DAVE, until: NOW },
        { onion: ERIN, until: NOW + DAY },
      ],
    });
    store.putHolderList({ contactId: bob, card });
    store.putHolderList({ contactId: bob, card: holderList({ issuedAt: NOW - 1 }) });
    expect(store.holderList(bob)).toEqual(card);
    expect(store.contact(bob)?.holderCount).toBe(2);
    expect(test.events.seen).toMatchObject([{ type: 'contact.changed', contact: { id: bob, holderCount: 2 } }]);
    store.putHolderList({ contactId: bob, card: holderList({ issuedAt: NOW + 1, holders: [] }) });
    expect(store.contacts()).toMatchObject([{ id: bob, holderCount: 0 }]);
    expect(() => store.putHolderList({ contactId: newContactId(), card })).toThrow(unknown);
  });

  it('takes each token once, also after a new card', () => {
    const take = (holder = DAVE): number => store.takeToken({ contactId: bob, holder });
    store.restHolder({ contactId: bob, holder: DAVE, until: NOW });
    expect([take(), take(), take(ERIN)]).toEqual([0, 1, 0]);
    store.putHolderList({ contactId: bob, card: holderList() });
    expect(take()).toBe(2);
    expect(() => store.takeToken({ contactId: newContactId(), holder: DAVE })).toThrow(unknown);
  });

  it('stays among the tokens that can be accepted, however many were refused', () => {
    const take = (): number => store.takeToken({ contactId: bob, holder: DAVE });
    const taken = Array.from({ length: 100 }, take);
    expect(Math.max(...taken)).toBe(TOKENS_PER_CONTACT - 1);
    expect(new Set(taken).size).toBe(TOKENS_PER_CONTACT);
  });

  it('lets a holder rest', () => {
    expect(store.holderRestsUntil({ contactId: bob, holder: DAVE })).toBeUndefined();
    store.takeToken({ contactId: bob, holder: DAVE });
    expect(store.holderRestsUntil({ contactId: bob, holder: DAVE })).toBeUndefined();
    for (const until of [NOW + 9, NOW + 5]) store.restHolder({ contactId: bob, holder: DAVE, until });
    expect(store.holderRestsUntil({ contactId: bob, holder: DAVE })).toBe(NOW + 5);
    expect(store.holderRestsUntil({ contactId: bob, holder: ERIN })).toBeUndefined();
  });

  it('asks for read receipts and tells of holders as the person chose', () => {
    expect(store.contact(bob)).toMatchObject({ sendsReadReceipts: false, learnsHolders: true });
    expect(store.updateContact(bob, { sendsReadReceipts: true })).toMatchObject({
      sendsReadReceipts: true,
      learnsHolders: true,
    });
    expect(store.updateContact(bob, { learnsHolders: false })).toMatchObject({
      sendsReadReceipts: true,
      learnsHolders: false,
    });
    expect(store.updateContact(bob, { name: 'Robert' })).toMatchObject({
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
    expect(store.addContact(claimed)).toMatchObject({ learnsHolders: false, holderCount: 0, isPrivate: false });
  });

  it('forgets all of it with the contact', () => {
    store.tokenSeed({ contactId: bob, fresh: () => ({ seed: new Uint8Array(32), first: 0 }) });
    store.recordTokenUsed({ contactId: bob, holder: DAVE, index: 1 });
    store.putListSent({ contactId: bob, content: 'one' });
    store.putHolderList({ contactId: bob, card: holderList() });
    store.restHolder({ contactId: bob, holder: DAVE, until: NOW });
    store.removeContact(bob);
    expect([
      store.listSent(bob),
      store.holderList(bob),
      store.holderRestsUntil({ contactId: bob, holder: DAVE }),
    ]).toEqual([undefined, undefined, undefined]);
    expect(store.nextTokenOf({ contactId: bob, holder: DAVE })).toBe(0);
  });
});
