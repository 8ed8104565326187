import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactId } from '../../../../shared/ids';
import type { MailStore } from '../../ports/mail-store';
import { addBob, DAVE, ERIN } from '../testing/holding-fixtures';
import { CAROL, contact, newContactId, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);

describe('doors', () => {
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
    expect(store.isPrivate()).toBe(false);
    store.setPrivate(true);
    expect(test.reopen().isPrivate()).toBe(true);
    store.setPrivate(false);
    expect(store.isPrivate()).toBe(false);
  });

  it('of ours admit each contact by one of them', () => {
    const carol = store.addContact(contact({ identityId: test.identityId, address: CAROL })).id;
    for (const seed of [bytes(2), bytes(1), bytes(2)]) store.addPrivateOnion(seed);
    store.admit({ contactId: bob, privateOnionSeed: bytes(2), secret: bytes(8) });
    store.admit({ contactId: carol, privateOnionSeed: bytes(1), secret: bytes(9) });
    expect(test.reopen().ownPrivateOnions()).toEqual([
      { seed: bytes(2), admitted: [{ contactId: bob, secret: bytes(8) }] },
      { seed: bytes(1), admitted: [{ contactId: carol, secret: bytes(9) }] },
    ]);
    store.admit({ contactId: bob, privateOnionSeed: bytes(1), secret: bytes(7) });
    store.shutOut(carol);
    expect(store.ownPrivateOnions().map(({ admitted }) => admitted)).toEqual([
      [],
      [{ contactId: bob, secret: bytes(7) }],
    ]);
    store.removePrivateOnion(bytes(2));
    store.removeContact(bob);
    expect(store.ownPrivateOnions()).toEqual([{ seed: bytes(1), admitted: [] }]);
    expect(() => store.admit({ contactId: carol, privateOnionSeed: bytes(2), secret: bytes(1) })).toThrow(
      expect.objectContaining({ code: 'invalid-call' }) as Error,
    );
    expect(() => store.admit({ contactId: newContactId(), privateOnionSeed: bytes(1), secret: bytes(1) })).toThrow(
      expect.objectContaining({ code: 'contact-unknown' }) as Error,
    );
  });

  it('of contacts follow their newest word', () => {
    const door = { onion: DAVE, authKey: bytes(5), issuedAt: NOW };
    store.putContactOnion({ contactId: bob, door, issuedAt: NOW });
    store.putContactOnion({ contactId: bob, door: { ...door, onion: ERIN, issuedAt: NOW - 1 }, issuedAt: NOW - 1 });
    expect(test.reopen().contactOnion(bob)).toEqual(door);
    expect(store.contactOnions()).toEqual([{ contactId: bob, door }]);
    expect(store.contact(bob)?.isPrivate).toBe(true);
    store.putContactOnion({ contactId: bob, door: undefined, issuedAt: NOW + 1 });
    store.putContactOnion({ contactId: bob, door, issuedAt: NOW });
    expect([store.contactOnion(bob), store.contactOnions(), store.contact(bob)?.isPrivate]).toEqual([
      undefined,
      [],
      false,
    ]);
    expect(test.events.seen).toMatchObject(
      [true, false].map((isPrivate) => ({ type: 'contact.changed', contact: { id: bob, isPrivate } })),
    );
  });
});
