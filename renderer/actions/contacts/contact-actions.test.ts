import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import type { Fingerprint } from '../../../shared/ids';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { contactId, makeContact, makeMessage, ME, messageId } from '../../testing/sample-mail';
import { answerMove } from './answer-move';
import { acceptRequest, blockSender } from './answer-request';
import { acceptKey, setIntroducer, takeBackVerification, verifyFingerprint } from './certify-contact';
import { addContact, blockContact, changeSharing, removeContact, renameContact } from './change-contact';
import { introduce } from './introduce';

const bob = makeContact('bob', { fingerprint: 'B'.repeat(40) as Fingerprint });
const ofBob = { identityId: ME, contactId: bob.id };
const certify = { level: 'positive', shared: false } as const;
const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);
const refuse = () => Promise.reject(new PosthornError('trust-refused', 'The key is another now. Nothing was changed.'));

beforeEach(() => resetStore(useToasts));

describe('a contact', () => {
  it('is added with a name without white space around it, and shown at once', async () => {
    const { services, calls } = makeServices({ core: { 'contacts.add': () => bob } });
    await addContact(services, { identityId: ME, address: bob.address, name: '  Bob ' });
    expect(calls).toEqual([['contacts.add', { identityId: ME, address: bob.address, name: 'Bob' }]]);
    expect(await services.mirror.contacts.get(bob.id)).toEqual(bob);
    expect(toasts()).toEqual(['bob is in your contacts']);
  });

  it('is called by the user’s own word for them in what is said', async () => {
    const named = { ...bob, name: 'Bobby' };
    const { services } = makeServices({ core: { 'contacts.update': () => ({ ...named, blocked: true }) } });
    await blockContact(services, { contact: named, blocked: true });
    expect(toasts()).toEqual(['Bobby is blocked']);
    expect(await services.mirror.contacts.get(bob.id)).toMatchObject({ blocked: true });
  });

  it('changes only in what was asked for', async () => {
    const { services, calls } = makeServices({ core: { 'contacts.update': () => bob } });
    await renameContact(services, { contact: bob, name: ' Bobby ' });
    await changeSharing(services, { contact: bob, change: { sendsReadReceipts: true } });
    await blockContact(services, { contact: bob, blocked: false });
    expect(calls.map(([, params]) => params)).toEqual([
      { ...ofBob, name: 'Bobby' },
      { ...ofBob, sendsReadReceipts: true },
      { ...ofBob, blocked: false },
    ]);
  });

  it('leaves the list when removed, and stays in it when the core refuses', async () => {
    const good = makeServices({ core: { 'contacts.remove': () => ({}) } });
    await good.services.mirror.contacts.put(bob);
    await removeContact(good.services, bob);
    expect(await good.services.mirror.contacts.count()).toBe(0);
    const bad = makeServices({ core: { 'contacts.remove': refuse } });
    await bad.services.mirror.contacts.put(bob);
    await removeContact(bad.services, bob);
    expect(await bad.services.mirror.contacts.count()).toBe(1);
    expect(toasts()).toEqual(['bob was removed from your contacts', 'The key is another now. Nothing was changed.']);
  });
});

describe('vouching for a contact', () => {
  it('names the fingerprint that the person compared', async () => {
    const { services, calls } = makeServices({ core: { 'contacts.verifyFingerprint': () => bob } });
    await verifyFingerprint(services, { contact: bob, certify });
    expect(calls).toEqual([['contacts.verifyFingerprint', { ...ofBob, fingerprint: bob.fingerprint, certify }]]);
    expect(toasts()).toEqual(['bob is verified']);
  });

  it('cannot be done without a key', async () => {
    const { services, calls } = makeServices();
    await verifyFingerprint(services, { contact: makeContact('bob'), certify });
    expect(calls).toEqual([]);
    expect(toasts()).toEqual([]);
  });

  it('throws what the core refused, so that the dialog stays', async () => {
    const { services } = makeServices({ core: { 'contacts.verifyFingerprint': refuse } });
    await expect(verifyFingerprint(services, { contact: bob, certify })).rejects.toMatchObject({
      code: 'trust-refused',
    });
    expect(toasts()).toEqual([]);
  });

  it('can be taken back, and so can the trust in introductions', async () => {
    const core = { 'contacts.revokeVerification': () => bob, 'contacts.setIntroducer': () => bob };
    const { services, calls } = makeServices({ core });
    await takeBackVerification(services, bob);
    await setIntroducer(services, { contact: bob, introducer: null });
    await setIntroducer(services, { contact: bob, introducer: { depth: 1, amount: 'full' } as never });
    expect(calls[1]).toEqual(['contacts.setIntroducer', { ...ofBob, introducer: null }]);
    expect(toasts().slice(0, 2)).toEqual(['bob is no longer verified', 'bob introduces nobody to you any more']);
  });

  it('tells why a new key is not accepted', async () => {
    const { services } = makeServices({ core: { 'contacts.acceptKey': refuse } });
    await acceptKey(services, bob);
    expect(useToasts.getState().shown).toMatchObject([{ tone: 'danger' }]);
  });
});

describe('a stranger', () => {
  it('becomes a contact, or is blocked', async () => {
    const core = { 'requests.accept': () => bob, 'requests.block': () => ({ ...bob, blocked: true }) };
    const { services, calls } = makeServices({ core });
    expect(await acceptRequest(services, makeMessage(1))).toEqual(bob);
    await blockSender(services, makeMessage(2));
    expect(calls).toEqual([
      ['requests.accept', { identityId: ME, messageId: messageId(1) }],
      ['requests.block', { identityId: ME, messageId: messageId(2) }],
    ]);
    expect(toasts()).toEqual([
      'bob is now a contact; their mail is in your Inbox',
      'bob is blocked; unblock them in Contacts',
    ]);
  });

  it('is answered with nothing when the request is gone', async () => {
    const { services } = makeServices({ core: { 'requests.accept': refuse } });
    expect(await acceptRequest(services, makeMessage(1))).toBeUndefined();
  });
});

describe('a contact who has moved', () => {
  it.each([
    [true, 'bob is in your contacts at the new address'],
    [false, 'The notice of bob is put aside'],
  ])('is followed or not (%s)', async (accept, text) => {
    const there = { ...bob, id: contactId(77) };
    const { services } = makeServices({ core: { 'contacts.answerMove': () => there } });
    expect(await answerMove(services, { contact: bob, accept })).toEqual(there);
    expect(await services.mirror.contacts.get(there.id)).toEqual(there);
    expect(toasts()).toEqual([text]);
  });
});

describe('an introduction', () => {
  it('shows both messages on their way', async () => {
    const carol = makeContact('carol', { name: 'Caro' });
    const sent = [makeMessage(1, { folder: 'outbox' }), makeMessage(2, { folder: 'outbox' })];
    const { services, calls } = makeServices({ core: { 'contacts.introduce': () => sent } });
    await introduce(services, { first: bob, second: carol, note: ' You both sing. ' });
    expect(calls).toEqual([
      ['contacts.introduce', { identityId: ME, first: bob.id, second: carol.id, note: 'You both sing.' }],
    ]);
    expect(await services.mirror.messages.count()).toBe(2);
    expect(toasts()).toEqual(['bob and Caro are being introduced; see the Outbox']);
  });
});
