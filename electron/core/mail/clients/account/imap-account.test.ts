import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../../shared/identity';
import { MailboxId, type MessageId } from '../../../../../shared/ids';
import type { ImapAccount } from '../../../ports/imap';
import { received } from '../../../store/testing/store-fixtures';
import { makeAttacker } from '../../../testing/attacker';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../../testing/make-test-core';
import { createImapAccount } from './imap-account';

let network: LoopbackNetwork;
let core: TestCore;
let own: Identity;
let other: Identity;
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  own = await makeIdentity(core, 'alice');
  other = await makeIdentity(core, 'carol');
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

const me = () => ({ identityId: own.id });
const mail = () => core.inside.session.require(own.id);
const open = (identity = own): ImapAccount =>
  createImapAccount({
    services: core.inside.services,
    mail: core.inside.session.require(identity.id),
    form: 'unsealed',
  });
const boxOf = (path: string) =>
  open()
    .mailboxes()
    .find((box) => box.path.join('/') === path);
const idOf = (path: string): string => boxOf(path)?.id ?? 'none';
const uidsIn = (path: string) =>
  open()
    .entries({ mailbox: idOf(path), limit: 1_000 })
    .map(({ uid }) => uid);
const flagsIn = (path: string) =>
  open()
    .entries({ mailbox: idOf(path), limit: 1_000 })
    .map(({ flags }) => flags);

async function receive(count = 1, change: Parameters<typeof received>[0] = {}): Promise<MessageId[]> {
  const ids: MessageId[] = [];
  for (let at = 0; at < count; at += 1) {
    const stored = await mail().messages.receive(received(change));
    if (stored.outcome === 'stored') ids.push(stored.summary.id);
  }
  return ids;
}

/** Makes a mailbox with so much mail in it, by the window. */
async function fill(name: string, count: number): Promise<{ readonly id: string; readonly ids: MessageId[] }> {
  const { id } = await core.call('mailboxes.create', { ...me(), name });
  const ids = await receive(count);
  if (count > 0) await core.call('messages.move', { ...me(), messageIds: ids, folder: id });
  return { id, ids };
}

const lines = (...text: string[]) => Buffer.from(`${text.join('\r\n')}\r\n`, 'latin1');
const letter = (...more: string[]) =>
  lines('From: Bob <bob@example.com>', 'To: alice@example.com', 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=', ...more);

describe('mailboxes', () => {
  it('are named as IMAP does, with what they are for', () => {
    expect(open().mailboxes()).toMatchObject([
      { path: ['INBOX'], isSubscribed: true, hasChildren: false },
      { path: ['Requests'] },
      { path: ['Drafts'], specialUse: '\\Drafts' },
      { path: ['Outbox'], isReadOnly: true },
      { path: ['Sent'], specialUse: '\\Sent' },
      { path: ['Archive'], specialUse: '\\Archive' },
      { path: ['Trash'], specialUse: '\\Trash' },
    ]);
  });

  it('are made with those around them, and seen by the window', async () => {
    const told = core.when('mailboxes.changed', ({ mailboxes }) => mailboxes.some(({ name }) => name === 'Plans'));
    expect(open().create(['INBOX', 'Work', 'Plans'])).toMatchObject({ isDone: true });
    await told;
    expect(boxOf('INBOX/Work')).toMatchObject({ hasChildren: true });
    expect(open().create(['INBOX', 'work'])).toMatchObject({ isDone: false, code: 'ALREADYEXISTS' });
    open().subscribe({ id: idOf('INBOX/Work'), isSubscribed: false });
    expect(boxOf('INBOX/Work')).toMatchObject({ isSubscribed: false });
  });

  it.each([
    [['..']],
    [['a\0b']],
    [['a/b']],
    [['%']],
    [['Pro\u0301jects']],
    [[' blank']],
    [['x'.repeat(300)]],
    [['']],
    [[]],
    [['Sent', 'in it']],
    [Array.from({ length: 17 }, () => 'deep')],
  ])('are not called %j, and nothing is made', (path) => {
    const before = open().mailboxes();
    expect(open().create(path)).toMatchObject({ isDone: false, code: 'CANNOT' });
    expect(open().mailboxes()).toEqual(before);
  });

  it('are renamed with all that lie in them; none into itself, and none of the seven', async () => {
    open().create(['Home', 'Bills', '2026']);
    expect(await open().rename({ id: idOf('Home/Bills'), path: ['House', 'Old', 'Bills'] })).toEqual({ isDone: true });
    expect(boxOf('House/Old/Bills/2026')).toBeDefined();
    const before = open().mailboxes();
    for (const [from, path] of [
      ['House', ['House', 'new', 'House']],
      ['Sent', ['Gone']],
      ['nowhere', ['Gone']],
    ] as const)
      expect(await open().rename({ id: idOf(from), path })).toMatchObject({ isDone: false });
    expect(open().mailboxes()).toEqual(before);
  });

  it('lose their mail to the trash when they are deleted, and are kept while others lie in them', async () => {
    const { id, ids } = await fill('Short', 3);
    open().create(['Short', 'Inner']);
    expect(await open().remove(id)).toMatchObject({ isDone: false, code: 'HASCHILDREN' });
    await open().remove(idOf('Short/Inner'));
    expect(await open().remove(id)).toEqual({ isDone: true });
    const { summary } = await core.call('messages.read', { ...me(), messageId: ids[0]! });
    expect(summary.folder).toBe('trash');
    expect(await open().remove(idOf('Trash'))).toMatchObject({ isDone: false, code: 'CANNOT' });
  });

  it('give the inbox’s mail a new one, and keep the inbox', async () => {
    await receive(2);
    expect(await open().rename({ id: idOf('INBOX'), path: ['Old inbox'] })).toEqual({ isDone: true });
    expect([uidsIn('INBOX'), uidsIn('Old inbox')]).toEqual([[], [1, 2]]);
  });
});

describe('flags', () => {
  it('that a program sets are seen by the window, and the other way round', async () => {
    const { id, ids } = await fill('Flags', 2);
    const told = core.when('message.changed', ({ message }) => message.id === ids[0] && message.seen);
    const flags = ['\\Seen', '\\Answered', '\\Deleted', '$Forwarded', 'holiday'];
    await open().setFlags({ mailbox: id, uids: [1], how: 'add', flags });
    expect((await told).message).toMatchObject({ answered: true, keywords: ['$forwarded', 'holiday'] });
    expect(flagsIn('Flags')).toEqual([flags, []]);
    let changes = 0;
    const stop = open().watch(id, () => void (changes += 1));
    await core.call('messages.setFlags', { ...me(), messageIds: [ids[1]!], flagged: true });
    await core.call('messages.setFlags', { ...me(), messageIds: await receive(), flagged: true });
    expect(changes).toBe(1);
    expect(flagsIn('Flags')[1]).toEqual(['\\Flagged']);
    await core.call('messages.move', { ...me(), messageIds: [ids[1]!], folder: 'archive' });
    expect(changes).toBe(2);
    stop();
    await core.call('mailboxes.delete', { ...me(), mailboxId: MailboxId.parse(id) });
    expect(changes).toBe(2);
  });

  it('tell senders who get read receipts that their mail was read, once, as in the window', async () => {
    // Nobody is at this address, so that the receipt waits.
    const { address } = await makeAttacker({ localPart: 'bob', now: Date.now() });
    const contact = await core.call('contacts.add', { ...me(), address, name: 'Bob' });
    await core.call('contacts.update', { ...me(), contactId: contact.id, sendsReadReceipts: true });
    await receive(1, { from: address });
    const [uid = 0] = uidsIn('INBOX').slice(-1);
    const receipts = () =>
      mail()
        .outbox.deliveries({ withControl: true })
        .filter(({ recipient }) => recipient === address).length;
    for (const how of ['add', 'remove', 'add'] as const) {
      await open().setFlags({ mailbox: idOf('INBOX'), uids: [uid], how, flags: ['\\Flagged'] });
      expect(receipts()).toBe(0);
    }
    await open().setFlags({ mailbox: idOf('INBOX'), uids: [uid], how: 'add', flags: ['\\Seen'] });
    await open().setFlags({ mailbox: idOf('INBOX'), uids: [uid], how: 'replace', flags: ['\\Seen', 'x'] });
    expect(receipts()).toBe(1);
  });

  it('are left where somebody has changed them since', async () => {
    const { id } = await fill('Since', 2);
    const { highestModseq: unchangedSince } = open().state(id)!;
    await open().setFlags({ mailbox: id, uids: [2], how: 'add', flags: ['\\Flagged'] });
    const late = { mailbox: id, uids: [1, 2], how: 'replace', flags: ['\\Seen'], unchangedSince } as const;
    expect(await open().setFlags(late)).toEqual({ isDone: true, modified: [2] });
    expect(flagsIn('Since')).toEqual([['\\Seen'], ['\\Flagged']]);
  });

  it('are no more than a message may have, none that cannot be kept, and none in the outbox', async () => {
    const { id } = await fill('Many', 1);
    const many = Array.from({ length: 10_000 }, (_, at) => `k${String(at)}`);
    const set = (flags: readonly string[], mailbox = id) => open().setFlags({ mailbox, uids: [1], how: 'add', flags });
    expect(await set(many)).toMatchObject({ isDone: false, code: 'LIMIT' });
    expect(await set(['\\Seen', '\\Recent'])).toMatchObject({ isDone: false, code: 'CANNOT' });
    expect(await set(['\\Seen', 'x'.repeat(65)])).toMatchObject({ isDone: false, code: 'CANNOT' });
    expect(await set(['\\Seen'], idOf('Outbox'))).toMatchObject({ isDone: false, code: 'NOPERM' });
    expect(flagsIn('Many')).toEqual([[]]);
  });
});

describe('messages', () => {
  it('are copied and moved between mailboxes, and keep their flags', async () => {
    const { id, ids } = await fill('From', 3);
    const to = (await fill('To', 0)).id;
    await open().setFlags({ mailbox: id, uids: [2], how: 'add', flags: ['\\Flagged', '$Junk'] });
    const copied = await open().copy({ mailbox: id, uids: [2, 9], to });
    expect(copied).toEqual({ isDone: true, uidValidity: open().state(to)?.uidValidity, from: [2], to: [1] });
    expect(flagsIn('To')).toEqual([['\\Flagged', '$Junk']]);
    const told = core.when('message.changed', ({ message }) => message.id === ids[2] && message.mailboxId === to);
    expect(await open().move({ mailbox: id, uids: [3], to })).toMatchObject({ from: [3], to: [2] });
    await told;
    expect([uidsIn('From'), uidsIn('To')]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(open().expungedSince({ mailbox: id, modseq: 0 })).toEqual([3]);
  });

  it('go nowhere that is Posthorn’s own, or that is none of theirs', async () => {
    const { id } = await fill('Kept', 1);
    const foreign = core.inside.session.require(other.id).mailboxes.get('inbox').id;
    const to = (target: string) => open().copy({ mailbox: id, uids: [1], to: target });
    expect(await to(idOf('Requests'))).toMatchObject({ isDone: false, code: 'NOPERM' });
    expect(await to(idOf('Outbox'))).toMatchObject({ isDone: false, code: 'NOPERM' });
    for (const target of [foreign, 'inbox', '', '\0', "' OR 1"])
      expect(await to(target)).toMatchObject({ isDone: false, code: 'TRYCREATE' });
    expect(open().state(foreign)).toBeUndefined();
    expect(() => open().messages({ mailbox: foreign, uids: [1] })).toThrow(
      expect.objectContaining({ code: 'mailbox-unknown' }) as Error,
    );
  });

  it('that are flagged as deleted are expunged, and gone from the window', async () => {
    const { id, ids } = await fill('Expunge', 4);
    await open().setFlags({ mailbox: id, uids: [1, 2, 4], how: 'add', flags: ['\\Deleted'] });
    expect(open().state(id)).toMatchObject({ messages: 4, deleted: 3 });
    expect(open().state(id)?.octets).toBeGreaterThan(0);
    const told = core.when('message.removed', ({ messageId }) => messageId === ids[3]);
    expect(await open().expunge({ mailbox: id, uids: [3, 4] })).toEqual([4]);
    await told;
    expect(await open().expunge({ mailbox: id })).toEqual([1, 2]);
    expect(uidsIn('Expunge')).toEqual([3]);
  });

  it('are served with their flags, and their octets in pieces', async () => {
    const { id } = await fill('Served', 1);
    const [message] = open().messages({ mailbox: id, uids: [1, 7] });
    expect(message).toMatchObject({ uid: 1, flags: [] });
    const size = message?.size ?? 0;
    const part = (from: number, to: number) =>
      Buffer.from(open().octets({ mailbox: id, uid: 1, from, to })).toString('latin1');
    expect(part(0, 100) + part(100, size)).toBe(part(0, size + 1_000));
    expect(part(0, size)).toMatch(/The apples are in\./);
    expect(open().quota().limit).toBeGreaterThan(open().quota().used);
  });
});

describe('appended messages', () => {
  it('are kept octet for octet, with nothing proved', async () => {
    const { id } = await fill('Appended', 0);
    const octets = letter('Message-ID: <1@example.com>', 'X-Odd: yes', '', 'Hello\0', 'World');
    const told = core.when('message.stored', ({ message }) => message.mailboxId === id);
    const asked = { mailbox: id, octets, flags: ['\\Seen', 'Holiday'], internalDate: 1_700_000_000_000 };
    expect(await open().append(asked)).toMatchObject({ isDone: true, uid: 1 });
    expect((await told).message).toMatchObject({
      protection: 'unverified',
      protectionReason: 'put-by-program',
      seen: true,
    });
    expect(flagsIn('Appended')).toEqual([['\\Seen', 'holiday']]);
    const [message] = open().messages({ mailbox: id, uids: [1] });
    expect(message).toMatchObject({ internalDate: 1_700_000_000_000, size: octets.length });
    expect(Buffer.from(open().octets({ mailbox: id, uid: 1, from: 0, to: 9_999 }))).toEqual(octets);
    const { summary, text } = await core.call('messages.read', { ...me(), messageId: (await told).message.id });
    expect([summary.subject, summary.from, text]).toEqual(['Grüße', own.address, expect.stringContaining('World')]);
  });

  it('in Sent are not kept twice: submission has put them there, or will', async () => {
    const draft = await core.call('drafts.save', {
      ...me(),
      content: { to: [other.address], cc: [], bcc: [], subject: 'Sent', text: 'once' },
    });
    const sent = await core.call('messages.submit', { ...me(), draftId: draft.id });
    const rfcMessageId = mail().messages.reference({ messageId: sent.id })?.rfcMessageId ?? '';
    const octets = letter(`Message-ID: ${rfcMessageId}`, '', 'once');
    const append = () => open().append({ mailbox: idOf('Sent'), octets, flags: ['\\Seen'] });
    const first = await append();
    expect(first).toMatchObject({ isDone: true });
    for (const delivery of await core.call('outbox.list', me()))
      if (delivery.messageId === sent.id) await core.call('outbox.cancel', { ...me(), deliveryId: delivery.id });
    const [uid = 0] = uidsIn('Sent');
    expect(await append()).toMatchObject({ isDone: true, uid });
    expect(uidsIn('Sent')).toEqual([uid]);
    const [message] = open().messages({ mailbox: idOf('Sent'), uids: [uid] });
    expect(message?.threadId).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
    // A program that brings back what it has marked for deletion must find it there after EXPUNGE.
    await open().setFlags({ mailbox: idOf('Sent'), uids: [uid], how: 'add', flags: ['\\Deleted'] });
    const again = await append();
    expect(await open().expunge({ mailbox: idOf('Sent') })).toEqual([uid]);
    expect(again).toMatchObject({ isDone: true, uid: uidsIn('Sent')[0] });
  });

  it('in the drafts are drafts that the window opens; out of them they are messages', async () => {
    const octets = letter('Cc: bob@example.com, Carol <carol@example.com>', '', 'To be continued');
    const appended = await open().append({ mailbox: idOf('Drafts'), octets, flags: ['\\Flagged'] });
    expect(appended).toMatchObject({ isDone: true });
    const { messages } = await core.call('messages.page', { ...me(), folder: 'drafts', limit: 5 });
    const draft = await core.call('drafts.read', { ...me(), draftId: messages[0]!.id });
    expect(draft.content).toMatchObject({
      subject: 'Grüße',
      text: expect.stringContaining('To be continued') as string,
      cc: ['bob@example.com', 'carol@example.com'],
    });
    const [uid = 0] = uidsIn('Drafts');
    expect(appended).toMatchObject({ uid });
    expect(flagsIn('Drafts')).toEqual([['\\Flagged', '\\Draft']]);
    const moved = await open().move({ mailbox: idOf('Drafts'), uids: [uid], to: idOf('Trash') });
    expect(moved).toMatchObject({ isDone: true, from: [uid] });
    expect(uidsIn('Drafts')).toEqual([]);
    const { to } = moved as { readonly to: readonly number[] };
    const back = await open().move({ mailbox: idOf('Trash'), uids: to, to: idOf('Drafts') });
    expect(back).toMatchObject({ isDone: true, from: to });
    expect(uidsIn('Drafts')).toEqual((back as { readonly to: readonly number[] }).to);
    expect(uidsIn('Trash')).not.toContain(to[0]);
  });

  it('are refused where Posthorn alone puts mail, and where there is no mailbox', async () => {
    const append = (mailbox: string) => open().append({ mailbox, octets: letter('', 'x'), flags: [] });
    expect(await append(idOf('Requests'))).toMatchObject({ isDone: false, code: 'NOPERM' });
    expect(await append(idOf('Outbox'))).toMatchObject({ isDone: false, code: 'NOPERM' });
    expect(await append('inbox')).toMatchObject({ isDone: false, code: 'TRYCREATE' });
  });
});

describe('searching', () => {
  it('finds texts of what came, and of what was appended, whatever its encoding', async () => {
    const { id } = await fill('Search', 2);
    const quoted = ['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable'];
    const octets = letter('X-Odd: some harvest', ...quoted, '', 'gr=FCne Kirschen und keine =C4pfel');
    await open().append({ mailbox: id, octets, flags: [] });
    const find = (where: 'body' | 'from' | 'subject' | 'text', text: string) =>
      open().withText({ mailbox: id, where, text });
    expect(await find('body', 'PPLES ARE')).toEqual([1, 2]);
    expect(await find('body', 'grüne kirschen')).toEqual([3]);
    expect(await find('body', 'harvest')).toEqual([]);
    expect(await find('text', 'harvest')).toEqual([1, 2, 3]);
    expect(await find('subject', 'Grüße')).toEqual([3]);
    expect(await find('from', 'bob')).toEqual([1, 2, 3]);
    expect(await open().withHeader({ mailbox: id, field: 'x-odd', text: '' })).toEqual([3]);
    expect(await open().withHeader({ mailbox: id, field: 'X-Odd', text: 'harvest' })).toEqual([3]);
    expect(open().sortRows({ mailbox: id, uids: [3] })).toMatchObject([{ uid: 3, from: 'bob' }]);
  });

  it('knows what each message answers', async () => {
    const { id } = await fill('Threads', 0);
    const append = (subject: string, ...more: string[]) =>
      open().append({ mailbox: id, octets: lines(`Subject: ${subject}`, ...more, '', 'x'), flags: [] });
    await append('Moon', 'Message-ID: <1@a>');
    await append('[list] Re: Moon', 'Message-ID: <2@a>', 'In-Reply-To: <1@a>');
    await append('Regards', 'Message-ID: <3@a>', 'References: <1@a> <2@a>', 'In-Reply-To: <2@a>');
    expect(open().threadRows({ mailbox: id, uids: [1, 2, 3] })).toMatchObject([
      { uid: 1, messageId: '<1@a>', references: [], subject: 'moon', isReply: false },
      { uid: 2, messageId: '<2@a>', references: ['<1@a>'], subject: 'moon', isReply: true },
      { uid: 3, messageId: '<3@a>', references: ['<1@a>', '<2@a>'], subject: 'regards', isReply: false },
    ]);
  });
});

describe('after a restart', () => {
  it('each message has its UID, and each mailbox its UIDVALIDITY', async () => {
    const { id } = await fill('Restart', 3);
    await open().setFlags({ mailbox: id, uids: [2], how: 'add', flags: ['\\Deleted'] });
    await open().expunge({ mailbox: id });
    const seen = () => [{ ...open().state(id) }, open().entries({ mailbox: id, limit: 9 }), open().mailboxes()];
    const before = seen();
    await core.stop();
    core = await makeTestCore(network, { directory: core.directory });
    expect(seen()).toEqual(before);
    expect(uidsIn('Restart')).toEqual([1, 3]);
  });
});
