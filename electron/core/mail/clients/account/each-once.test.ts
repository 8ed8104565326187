import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Identity } from '../../../../../shared/identity';
import { MailboxId, type MessageId } from '../../../../../shared/ids';
import type { ImapAccount } from '../../../ports/imap';
import type { ServedMail } from '../../../ports/storage/served-mail';
import { received } from '../../../store/testing/store-fixtures';
import { makeAttacker } from '../../../testing/attacker';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../../testing/make-test-core';
import { createImapAccount } from './imap-account';

let network: LoopbackNetwork;
let core: TestCore;
let own: Identity;
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  own = await makeIdentity(core, 'alice');
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

const me = () => ({ identityId: own.id });
const mail = () => core.inside.session.require(own.id);

/** `served`: parts of the store that do something else. */
function open(o: { form?: 'sealed' | 'unsealed'; served?: Partial<ServedMail>; core?: TestCore; of?: Identity } = {}) {
  const { inside } = o.core ?? core;
  const box = inside.session.require((o.of ?? own).id);
  const changed = Object.create(box) as typeof box;
  Object.defineProperty(changed, 'served', { value: { ...box.served, ...o.served } });
  return createImapAccount({ services: inside.services, mail: changed, form: o.form ?? 'unsealed' });
}
const idOf = (account: ImapAccount, path: string): string =>
  account.mailboxes().find((box) => box.path.join('/') === path)?.id ?? 'none';
const uidsIn = (account: ImapAccount, path: string): readonly number[] =>
  account.entries({ mailbox: idOf(account, path), limit: 1_000 }).map(({ uid }) => uid);

/** A mailbox with so much mail in it. */
async function fill(name: string, count: number): Promise<string> {
  const { id } = await core.call('mailboxes.create', { ...me(), name });
  for (let at = 0; at < count; at += 1) {
    const stored = await mail().messages.receive(received());
    if (stored.outcome === 'stored') mail().messages.move([stored.summary.id], id);
  }
  return id;
}

const fails = (): never => {
  throw new Error('killed here');
};

it('a letter becomes a draft with its text, also for a program that reads sealed originals', async () => {
  const bob = await makeTestCore(network);
  const b = await makeIdentity(bob, 'bob');
  const stored = bob.when('message.stored', ({ message }) => message.subject === 'Plans');
  await sendMail(core, own, { to: [b.address], subject: 'Plans', text: 'To be continued' });
  await stored;
  const account = open({ form: 'sealed', core: bob, of: b });
  const [uid = 0] = uidsIn(account, 'Requests');
  const place = { mailbox: idOf(account, 'Requests'), uids: [uid], to: idOf(account, 'Drafts') };
  expect(await account.move(place)).toMatchObject({ isDone: true, from: [uid] });
  const { messages } = await bob.call('messages.page', { identityId: b.id, folder: 'drafts', limit: 5 });
  const draft = await bob.call('drafts.read', { identityId: b.id, draftId: messages[0]!.id });
  expect(draft.content).toMatchObject({
    subject: 'Plans',
    text: expect.stringContaining('To be continued') as string,
  });
  await bob.remove();
});

it('a letter that becomes a draft is at one place in every moment', async () => {
  const id = await fill('From', 2);
  // A program that ends between two commits would stop where these are.
  const account = open({ served: { expunge: fails, setFlags: fails } });
  const moved = await account.move({ mailbox: id, uids: [1, 2], to: idOf(account, 'Drafts') });
  expect(moved).toMatchObject({ isDone: true, from: [1, 2] });
  expect(uidsIn(account, 'From')).toEqual([]);
  expect(uidsIn(account, 'Drafts')).toEqual((moved as { to: readonly number[] }).to);
});

it('a letter that somebody else has taken meanwhile becomes no draft', async () => {
  const id = await fill('Taken', 1);
  const { served } = mail();
  const account = open({
    served: {
      append: (message) => {
        mail().served.expunge({ mailbox: message.replaces!.mailbox, uids: [message.replaces!.uid] });
        return served.append(message);
      },
    },
  });
  const before = uidsIn(account, 'Drafts');
  expect(await account.move({ mailbox: id, uids: [1], to: idOf(account, 'Drafts') })).toMatchObject({ from: [] });
  expect(uidsIn(account, 'Drafts')).toEqual(before);
});

it('copies that become drafts are all there or none', async () => {
  const id = await fill('Several', 2);
  const { served } = mail();
  let left = 1;
  const account = open({
    served: {
      append: (message) => {
        left -= 1;
        return left < 0 ? fails() : served.append(message);
      },
    },
  });
  const before = uidsIn(account, 'Drafts');
  await expect(account.copy({ mailbox: id, uids: [1, 2], to: idOf(account, 'Drafts') })).rejects.toThrow('killed');
  expect(uidsIn(account, 'Drafts')).toEqual(before);
});

it('what somebody else has taken before it was copied becomes no empty draft', async () => {
  const id = await fill('Vanishing', 2);
  const { served } = mail();
  const account = open({
    served: {
      append: (message) => {
        served.expunge({ mailbox: MailboxId.parse(id), uids: [2] });
        return served.append(message);
      },
    },
  });
  const before = uidsIn(account, 'Drafts');
  const copied = await account.copy({ mailbox: id, uids: [1, 2], to: idOf(account, 'Drafts') });
  const made = uidsIn(account, 'Drafts').slice(before.length);
  expect(made).toHaveLength(1);
  expect(copied).toMatchObject({ isDone: true, from: [1], to: made });
});

it('messages that are moved to where they are get new UIDs in one commit, and are the same messages', async () => {
  const id = await fill('Within', 3);
  const account = open({ served: { copy: fails, expunge: fails } });
  const before = mail().mailboxes.entries({ mailbox: mail().mailboxes.get(id as never).id, limit: 9 });
  expect(await account.move({ mailbox: id, uids: [1, 2], to: id })).toMatchObject({ from: [1, 2], to: [4, 5] });
  expect(uidsIn(account, 'Within')).toEqual([3, 4, 5]);
  const after = mail().mailboxes.entries({ mailbox: mail().mailboxes.get(id as never).id, limit: 9 });
  expect(new Set(after.map(({ messageId }) => messageId))).toEqual(new Set(before.map(({ messageId }) => messageId)));
  expect(account.expungedSince({ mailbox: id, modseq: 0 })).toEqual([1, 2]);
});

it('what is marked no more when its turn to be expunged comes stays', async () => {
  const id = await fill('Marked', 45);
  const all = uidsIn(open(), 'Marked');
  await open().setFlags({ mailbox: id, uids: all, how: 'add', flags: ['\\Deleted'] });
  const { served } = mail();
  let turns = 0;
  const account = open({
    served: {
      expunge: (o) => {
        turns += 1;
        // Somebody else thinks better of it after the UIDs were read.
        served.setFlags({ mailbox: o.mailbox, uids: [45], how: 'remove', flags: ['\\Deleted'] });
        return served.expunge(o);
      },
    },
  });
  expect(await account.expunge({ mailbox: id })).toEqual(all.slice(0, -1));
  expect(turns).toBeGreaterThan(0);
  expect(uidsIn(account, 'Marked')).toEqual([45]);
});

it('the sender of a letter is told once that it was read, however many copies there are', async () => {
  const { address } = await makeAttacker({ localPart: 'bob', now: Date.now() });
  const contact = await core.call('contacts.add', { ...me(), address, name: 'Bob' });
  await core.call('contacts.update', { ...me(), contactId: contact.id, sendsReadReceipts: true });
  const account = open();
  const to = await fill('Copies', 0);
  await mail().messages.receive(received({ from: address }));
  const inbox = idOf(account, 'INBOX');
  const [uid = 0] = uidsIn(account, 'INBOX').slice(-1);
  await account.copy({ mailbox: inbox, uids: [uid], to });
  const receipts = () =>
    mail()
      .outbox.deliveries({ withControl: true })
      .filter(({ recipient }) => recipient === address);
  await account.setFlags({ mailbox: to, uids: [1], how: 'add', flags: ['\\Seen'] });
  const [first] = receipts();
  expect(first).toBeDefined();
  // One that is still in the queue would be replaced, and one that has left not.
  mail().outbox.changeDelivery(first!.id, { state: 'delivered', reason: 'none', attempts: 1 });
  for (const [mailbox, number] of [
    [inbox, uid],
    [to, 1],
  ] as const)
    for (const how of ['remove', 'add', 'remove', 'add'] as const)
      await account.setFlags({ mailbox, uids: [number], how, flags: ['\\Seen'] });
  expect(receipts()).toEqual([]);
});

it('a draft of another program leaves as what the window shows of it: its text and its files', async () => {
  const account = open();
  const octets = Buffer.from(
    [
      ...['Subject: Page', 'MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=x', '', '--x'],
      ...['Content-Type: text/html', '', '<p class="MsoNormal">Old words <img src="cid:p@laptop"></p>', '--x'],
      ...['Content-Type: image/png; name=p.png', 'Content-ID: <p@laptop>', '', 'x', '--x--', ''],
    ].join('\r\n'),
  );
  const draftOf = async () => {
    await account.append({ mailbox: idOf(account, 'Drafts'), messages: [{ octets, flags: [] }] });
    const { messages } = await core.call('messages.page', { ...me(), folder: 'drafts', limit: 1 });
    return core.call('drafts.read', { ...me(), draftId: messages[0]!.id });
  };
  const submit = async (draftId: MessageId) => {
    const { id } = await core.call('messages.submit', { ...me(), draftId });
    return mail().outbox.queued(id);
  };
  const { address } = await makeAttacker({ localPart: 'carol', now: Date.now() });
  const draft = await draftOf();
  const content = { ...draft.content, to: [address], text: 'New words' };
  await core.call('drafts.save', { ...me(), draftId: draft.id, content });
  const [uid = 0] = uidsIn(account, 'Drafts').slice(-1);
  const [message] = account.messages({ mailbox: idOf(account, 'Drafts'), uids: [uid] });
  const served = account.octets({ mailbox: idOf(account, 'Drafts'), uid, from: 0, to: message?.size ?? 0 });
  expect(Buffer.from(served).toString()).toContain('New words');
  expect(Buffer.from(served).toString()).not.toContain('Old words');
  const queued = await submit(draft.id);
  expect(queued).toMatchObject({ text: 'New words', attachments: [{ filename: 'p.png' }] });
  expect(JSON.stringify(queued)).not.toMatch(/Old words|MsoNormal|laptop/);
});
