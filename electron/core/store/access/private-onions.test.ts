import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactId } from '../../../../shared/ids';
import type { MailStore } from '../../ports/storage/mail-store';
import { addBob, DAVE, ERIN } from '../testing/custody-fixtures';
import { CAROL, contact, newContactId, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);

describe('private onions', () => {
  let test: TestStore;
  let store: MailStore;
  let bob: ContactId;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
    bob = addBob(test);
    test.events.clear();
  });
  afterEach(() => test.remove());

  it('stand while an identity is private, or not', () => {
    expect(store.access.isPrivate()).toBe(false);
    store.access.setPrivate(true);
    expect(test.reopen().access.isPrivate()).toBe(true);
    store.access.setPrivate(false);
    expect(store.access.isPrivate()).toBe(false);
  });

  it('of ours admit each contact by one of them', () => {
    const carol = store.contacts.add(contact({ identityId: test.identityId, address: CAROL })).id;
    for (const seed of [bytes(2), bytes(1), bytes(2)]) store.access.add(seed);
    store.access.admit({ contactId: bob, privateOnionSeed: bytes(2), secret: bytes(8) });
    store.access.admit({ contactId: carol, privateOnionSeed: bytes(1), secret: bytes(9) });
    expect(test.reopen().access.own()).toEqual([
      { seed: bytes(2), admitted: [{ contactId: bob, secret: bytes(8) }] },
      { seed: bytes(1), admitted: [{ contactId: carol, secret: bytes(9) }] },
    ]);
    store.access.admit({ contactId: bob, privateOnionSeed: bytes(1), secret: bytes(7) });
    store.access.shutOut(carol);
    expect(store.access.own().map(({ admitted }) => admitted)).toEqual([[], [{ contactId: bob, secret: bytes(7) }]]);
    store.access.remove(bytes(2));
    store.contacts.remove(bob);
    expect(store.access.own()).toEqual([{ seed: bytes(1), admitted: [] }]);
    expect(() => store.access.admit({ contactId: carol, privateOnionSeed: bytes(2), secret: bytes(1) })).toThrow(
      expect.objectContaining({ code: 'invalid-call' }) as Error,
    );
    expect(() =>
      store.access.admit({ contactId: newContactId(), privateOnionSeed: bytes(1), secret: bytes(1) }),
    ).toThrow(expect.objectContaining({ code: 'contact-unknown' }) as Error);
  });

  it('of contacts follow their newest word', () => {
    const door = { onion: DAVE, authKey: bytes(5), issuedAt: NOW };
    store.access.putOfContact({ contactId: bob, door, issuedAt: NOW });
    store.access.putOfContact({ contactId: bob, door: { ...door, onion: ERIN, issuedAt: NOW - 1 }, issuedAt: NOW - 1 });
    expect(test.reopen().access.ofContact(bob)).toEqual(door);
    expect(store.access.ofContacts()).toEqual([{ contactId: bob, door }]);
    expect(store.contacts.find(bob)?.isPrivate).toBe(true);
    store.access.putOfContact({ contactId: bob, door: undefined, issuedAt: NOW + 1 });
    store.access.putOfContact({ contactId: bob, door, issuedAt: NOW });
    expect([store.access.ofContact(bob), store.access.ofContacts(), store.contacts.find(bob)?.isPrivate]).toEqual([
      undefined,
      [],
      false,
    ]);
    expect(test.events.seen).toMatchObject(
      [true, false].map((isPrivate) => ({ type: 'contact.changed', contact: { id: bob, isPrivate } })),
    );
  });
});
