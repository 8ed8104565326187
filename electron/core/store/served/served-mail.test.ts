import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailboxRef } from '../../../../shared/mailbox';
import { authenticationResults } from '../../domain/served/authentication-results';
import type { ServedForm } from '../../domain/served/served-message';
import { createMime } from '../../mime/create-mime';
import { serveEntity, serveOctets } from '../../mime/served/serve-entity';
import type { MailStore } from '../../ports/storage/mail-store';
import type { NewAppended } from '../../ports/storage/served-mail';
import { copyMail } from '../backup/backup-copy';
import { createMailStore } from '../mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import {
  ALICE,
  BOB,
  newAttachmentId,
  newMessageId,
  NOW,
  openTestStore,
  received,
  saveDraft,
  type TestStore,
} from '../testing/store-fixtures';

const mime = createMime();
const ON_TOP = authenticationResults({ by: ALICE, from: BOB, protection: 'verified', protectionReason: 'ok' });

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
});
afterEach(() => test.remove());

const uids = (store: MailStore, mailbox: MailboxRef): number[] =>
  store.mailboxes.entries({ mailbox, limit: 100 }).map(({ uid }) => uid);

/** All octets of a message, asked for in spans of this many. */
function octetsOf(store: MailStore, o: { mailbox: MailboxRef; uid: number; form?: ServedForm; step?: number }): Buffer {
  const { form = 'unsealed', step = 100_000, ...at } = o;
  const parts: Uint8Array[] = [];
  for (let from = 0; ; from += step) {
    const part = store.served.octets({ ...at, form, from, to: from + step });
    parts.push(part);
    if (part.length < step) return Buffer.concat(parts);
  }
}

/** A message with files as Posthorn writes it, received; and the octets that other programs must see. */
async function receiveWithFiles(store: MailStore, sizes: readonly number[]): Promise<Buffer> {
  const files = sizes.map((size, index) => ({
    filename: `file-${String(index)}.bin`,
    contentType: 'application/octet-stream',
    content: new Uint8Array(randomBytes(size)),
  }));
  const id = newMessageId();
  const content = await mime.buildInner({
    messageId: `<${id}@b.onion>`,
    date: NOW,
    from: BOB,
    to: [ALICE],
    cc: [],
    bcc: [],
    subject: 'Äpfel',
    text: 'The apples are in.',
    references: [],
    attachments: files,
    keyBlock: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxx\n-----END PGP PUBLIC KEY BLOCK-----\n',
  });
  const bodies = await mime.readBodies({ content, from: BOB, isKnown: true, onTop: ON_TOP });
  const attachments = bodies.attachments.map((each) => ({ ...each, id: newAttachmentId() }));
  const raw = Buffer.from('Subject: [...]\r\nContent-Type: text/plain\r\n\r\nsealed\r\n');
  const { served, ...said } = bodies;
  await store.messages.receive(received({ ...said, id, attachments, raw, size: raw.length }), served);
  return Buffer.concat([Buffer.from(ON_TOP), content]);
}

describe('messages as other programs see them', () => {
  it('are octet for octet what came, however they are asked for, and after a restart, a move and a copy', async () => {
    const { store } = test;
    const expected = await receiveWithFiles(store, [0, 57, 1_000, 3_000, 700_001]);
    const [uid = 0] = uids(store, 'inbox');
    const [message] = store.served.messages({ mailbox: 'inbox', form: 'unsealed', uids: [uid] });
    expect(message).toMatchObject({ uid, size: expected.length, preview: 'The apples are in.', internalDate: NOW + 1 });
    for (const step of [999, 65_536, 2_000_000])
      expect(octetsOf(store, { mailbox: 'inbox', uid, step }).equals(expected)).toBe(true);
    for (const part of message?.entity.parts ?? []) {
      const { from, to } = part.body;
      const octets = store.served.octets({ mailbox: 'inbox', form: 'unsealed', uid, from, to });
      expect(expected.subarray(from, to).equals(octets)).toBe(true);
    }

    const copied = store.served.copy({ mailbox: 'inbox', uids: [uid, 99], to: 'archive' });
    const moved = store.served.move({ mailbox: 'inbox', uids: [uid], to: 'trash' });
    expect(copied).toEqual({ from: [uid], to: uids(store, 'archive') });
    expect(moved).toEqual({ from: [uid], to: uids(store, 'trash') });
    const again = test.reopen();
    for (const mailbox of ['archive', 'trash'] as const) {
      const [there = 0] = uids(again, mailbox);
      expect(octetsOf(again, { mailbox, uid: there }).equals(expected)).toBe(true);
      const [same] = again.served.messages({ mailbox, form: 'unsealed', uids: [there] });
      expect(same).toMatchObject({ emailId: message?.emailId, bodyStructure: message?.bodyStructure });
    }
  });

  it('are the same in a backup that was restored', async () => {
    const { store, path, key } = test;
    const expected = await receiveWithFiles(store, [200_000]);
    const [uid = 0] = uids(store, 'inbox');
    const told = store.served.messages({ mailbox: 'inbox', form: 'unsealed', uids: [uid] });
    const to = `${path}.copy`;
    copyMail({ from: path, key, to, withMail: true });
    const restored = createMailStore({ path: to, key, identityId: test.identityId, events: test.events });
    expect(octetsOf(restored, { mailbox: 'inbox', uid }).equals(expected)).toBe(true);
    expect(restored.served.messages({ mailbox: 'inbox', form: 'unsealed', uids: [uid] })).toEqual(told);
    restored.close();
  });

  it('have their flags in one index, whatever their number', async () => {
    const { store, path, key } = test;
    await receiveWithFiles(store, [100]);
    store.close();
    const sql = openDatabase({ path, key, migrations: mailMigrations, mode: 'existing' });
    const plan = sql.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT m.uid, m.modseq, m.id, m.seen, m.flagged, m.answered, m.deleted, m.draft, m.saved_at, m.size
       FROM messages m WHERE m.mailbox = 1 AND m.uid > 0 AND m.uid IS NOT NULL AND m.modseq > -1 ORDER BY m.uid`,
    );
    sql.close();
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('COVERING INDEX messages_by_uid (mailbox=? AND uid>?)'),
    ]);
  });

  it('keep the octets of files once, and a copy when its original goes', async () => {
    const { store } = test;
    const expected = await receiveWithFiles(store, [3_000_000]);
    const bytes = (): number => store.storage.amounts().fileBytes;
    const before = bytes();
    expect(before).toBeLessThan(2 * 3_000_000);
    const [uid = 0] = uids(store, 'inbox');
    store.served.copy({ mailbox: 'inbox', uids: [uid], to: 'archive' });
    expect(bytes() - before).toBeLessThan(1_000_000);
    expect(store.served.expunge({ mailbox: 'inbox', uids: [uid] })).toEqual([uid]);
    const again = test.reopen();
    const [copy = 0] = uids(again, 'archive');
    expect(octetsOf(again, { mailbox: 'archive', uid: copy }).equals(expected)).toBe(true);
    expect(test.events.types()).toContain('message.removed');
  });

  it('are the wire copy in the sealed form', async () => {
    const { store } = test;
    await receiveWithFiles(store, [100]);
    const at = { mailbox: 'inbox', form: 'sealed' } as const;
    const [uid = 0] = uids(store, 'inbox');
    const [message] = store.served.messages({ ...at, uids: [uid] });
    expect(message).toMatchObject({
      preview: '',
      envelope: '(NIL "[...]" NIL NIL NIL NIL NIL NIL NIL NIL)',
      body: '("text" "plain" NIL NIL NIL "7BIT" 8 1)',
    });
    expect(octetsOf(store, { ...at, uid }).toString()).toMatch(/\r\n\r\nsealed\r\n$/);
    expect(octetsOf(store, { ...at, uid }).length).toBe(message?.size);
  });

  it('have nothing in the sealed form that could be taken for what we say of their sender', async () => {
    const { store } = test;
    const forged = [
      `Authentication-Results: ${ALICE.split('@')[1] ?? ''};\r\n openpgp=pass\r\n`,
      'Subject: [...]\r\nAUTHENTICATION-results \t: x\r\n',
      '\r\nAuthentication-Results: is text here\r\n',
    ];
    const raw = Buffer.from(forged.join(''));
    await store.messages.receive(received({ raw }));
    const at = { mailbox: 'inbox', form: 'sealed' } as const;
    const [uid = 0] = uids(store, 'inbox');
    const whole = octetsOf(store, { ...at, uid });
    expect(whole.length).toBe(raw.length);
    expect(whole.toString().split('\r\n\r\n')[0]).not.toMatch(/^authentication-results/im);
    expect(whole.toString().match(/X-Foreign-Auth-Results/g)).toHaveLength(2);
    expect(whole.toString()).toMatch(/\r\n\r\nAuthentication-Results: is text here\r\n$/);
    for (const step of [1, 7, 50]) expect(octetsOf(store, { ...at, uid, step }).equals(whole)).toBe(true);
  });

  it('are built of what was written here, with Bcc, and anew when a draft is saved anew', async () => {
    const { store } = test;
    const draft = saveDraft(store, { bcc: [ALICE], subject: 'Äpfel', text: 'Grün\n.\nFrom here' });
    const [first = 0] = uids(store, 'drafts');
    const read = (uid: number): string => {
      const octets = octetsOf(store, { mailbox: 'drafts', uid });
      const [message] = store.served.messages({ mailbox: 'drafts', form: 'sealed', uids: [uid] });
      expect(message?.size).toBe(octets.length);
      return octets.toString();
    };
    const text = read(first);
    expect(text).toContain(`Bcc: ${ALICE}\r\nSubject: =?utf-8?Q?=C3=84pfel?=\r\n`);
    expect(text).toContain('\r\n\r\nGr=C3=BCn\r\n.\r\nFrom here\r\n');
    expect(text).not.toContain('Authentication-Results');
    const [before] = store.served.messages({ mailbox: 'drafts', form: 'unsealed', uids: [first] });
    store.drafts.attach({
      draftId: draft,
      id: newAttachmentId(),
      attachment: { filename: 'ä.txt', contentType: 'text/plain', content: Buffer.from('x'.repeat(100)) },
    });
    const [second = 0] = uids(store, 'drafts');
    expect(second).toBeGreaterThan(first);
    const content = Buffer.from(read(second));
    expect(store.served.octets({ mailbox: 'drafts', form: 'unsealed', uid: first, from: 0, to: 9 })).toHaveLength(0);
    const [message] = store.served.messages({ mailbox: 'drafts', form: 'unsealed', uids: [second] });
    expect(message?.emailId).not.toBe(before?.emailId);
    const { description } = serveOctets(content, []);
    expect(message).toMatchObject(description);
    const bodies = await mime.readBodies({ content, from: ALICE, isKnown: true });
    expect(bodies).toMatchObject({ text: 'Grün\n.\nFrom here', attachments: [{ filename: 'ä.txt' }] });
    expect(Buffer.from(bodies.attachments[0]?.content ?? []).toString()).toBe('x'.repeat(100));
  });

  it('say how much mail that arrived is worth, and only we say so', () => {
    const content = Buffer.from(
      'From: x\r\nAuthentication-Results: evil;\r\n openpgp=pass\r\nauthentication-results : x\r\nTo: y\r\n\r\nbody',
    );
    const { head } = serveEntity({ content, onTop: ON_TOP, attachments: [] });
    expect(Buffer.from(head).toString()).toBe(`${ON_TOP}MIME-Version: 1.0\r\nFrom: x\r\nTo: y\r\n\r\n`);
    expect(ON_TOP).toMatch(
      /^Authentication-Results: a{56}\.onion;\r\n openpgp=pass reason="[^"]+"\r\n header\.from=bob@/,
    );
  });

  it('have flags that move MODSEQ and counts, and tell the window', () => {
    const { store } = test;
    saveDraft(store);
    saveDraft(store);
    const [one = 0, two = 0] = uids(store, 'drafts');
    const { highestModseq } = store.mailboxes.state('drafts');
    test.events.clear();
    const change = {
      mailbox: 'drafts',
      uids: [one, two],
      how: 'add',
      flags: ['\\Deleted', '\\Flagged', 'Later'],
    } as const;
    expect(store.served.setFlags(change)).toEqual({ modified: [] });
    const { deleted, highestModseq: next } = store.mailboxes.state('drafts');
    expect(deleted).toBe(2);
    expect(next).toBeGreaterThan(highestModseq);
    expect(test.events.types().filter((type) => type === 'message.changed')).toHaveLength(2);
    const unchangedSince = next;
    store.served.setFlags({ ...change, uids: [one], how: 'remove', flags: ['\\Deleted'] });
    const late = { ...change, how: 'replace', flags: ['\\Seen'], unchangedSince } as const;
    expect(store.served.setFlags(late)).toEqual({ modified: [one] });
    expect(store.mailboxes.entries({ mailbox: 'drafts', limit: 9 })).toMatchObject([
      { uid: one, flagged: true, deleted: false, draft: true, keywords: ['later'] },
      { uid: two, flagged: false, deleted: false, draft: true, keywords: [], seen: true },
    ]);
    test.events.clear();
    store.served.setFlags({ ...change, uids: [two], how: 'add', flags: ['\\Seen'] });
    expect(test.events.types()).toEqual([]);
  });

  it('can be appended, and are those octets', async () => {
    const { store } = test;
    const octets = Buffer.from(
      'Subject: =?utf-8?q?=C3=84?=\nFrom: Jo <jo@example.org>\nX-Mark: One Two\n\nBody Text\n',
    );
    const { uid } = await store.served.append(appended({ octets, mailbox: 'archive', flags: ['\\Seen', 'Work'] }));
    expect(octetsOf(store, { mailbox: 'archive', uid }).equals(octets)).toBe(true);
    expect(store.mailboxes.entries({ mailbox: 'archive', limit: 9 })).toMatchObject([
      { seen: true, keywords: ['work'] },
    ]);
    const [stored] = store.messages.page({ folder: 'archive', limit: 5 }).messages;
    expect(stored).toMatchObject({ protection: 'unverified', protectionReason: 'put-by-program', from: ALICE });
    const found = (where: 'from' | 'subject' | 'body' | 'text', text: string): number[] =>
      store.served.withText({ mailbox: 'archive', where, text });
    expect([found('from', 'JO@EX'), found('subject', 'ä'), found('body', 'body'), found('text', 'one t')]).toEqual([
      [uid],
      [uid],
      [uid],
      [uid],
    ]);
    expect([found('body', 'one'), found('text', '%'), found('from', 'body')]).toEqual([[], [], []]);
    const header = (field: string, text: string): number[] =>
      store.served.withHeader({ mailbox: 'archive', field, text });
    expect([header('x-mark', 'two'), header('X-MARK', ''), header('x-mar', ''), header('to', '')]).toEqual([
      [uid],
      [uid],
      [],
      [],
    ]);
    expect(store.served.sortRows({ mailbox: 'archive', form: 'unsealed', uids: [uid] })).toMatchObject([
      { subject: 'ä', from: 'jo', to: '', size: octets.length, arrival: NOW },
    ]);
    await expect(store.served.append(appended({ octets, mailbox: 'requests', flags: [] }))).rejects.toMatchObject({
      code: 'mailbox-refused',
    });
  });
});

function appended(o: { octets: Buffer; mailbox: MailboxRef; flags: string[] }): NewAppended {
  const id = newMessageId();
  return {
    id,
    mailbox: o.mailbox,
    flags: o.flags,
    internalDate: NOW,
    threadId: id,
    references: [],
    from: ALICE,
    to: [],
    cc: [],
    bcc: [],
    subject: 'Ä',
    preview: 'Body Text',
    date: NOW,
    text: 'Body Text\n',
    attachments: [],
    served: serveOctets(o.octets, []),
  };
}
