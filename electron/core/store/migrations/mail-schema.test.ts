import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryId, MessageId } from '../../../../shared/ids';
import { Standing } from '../../../../shared/trust';
import { mailMigrations } from './mail-schema';
import { createMailStore } from '../mail-store';
import { openDatabase } from '../sql/open-database';
import {
  countsOf,
  ALICE,
  BOB,
  CAROL,
  newIdentityId,
  NOW,
  received,
  recorder,
  temporaryDirectory,
} from '../testing/store-fixtures';

const versionOne = readFileSync(fileURLToPath(new URL('../testing/mail-v1.sql', import.meta.url)), 'utf8');
const id = (number: number): string => `0000000${number}-0000-4000-8000-000000000000`;

describe('a mail file of version 1', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  const key = new Uint8Array(randomBytes(32));
  const path = (): string => join(directory.path, 'mail.db');
  beforeEach(() => {
    directory = temporaryDirectory();
    openDatabase({ path: path(), key, migrations: [{ version: 1, statements: versionOne }], mode: 'create' }).close();
  });
  afterEach(() => directory.remove());

  it('opens today with all that was in it', async () => {
    const store = createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() });
    const inbox = MessageId.parse(id(1));
    expect(countsOf(store)).toMatchObject({ inbox: 1, outbox: 1, drafts: 1 });
    const detail = store.messages.detail(inbox);
    expect(detail).toMatchObject({
      text: 'The apples are in.',
      html: '<p>in</p>',
      summary: { from: BOB, to: [ALICE], flagged: true, answered: true },
    });
    expect((await store.messages.attachment(inbox, detail.attachments[0]!.id)).content).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    expect(await store.messages.raw(inbox)).toEqual(new Uint8Array(Buffer.from('raw')));
    expect(await store.outbox.queued(MessageId.parse(id(2)))).toMatchObject({
      inReplyTo: '<one@b>',
      references: ['<one@b>'],
    });
    expect(store.outbox.delivery(DeliveryId.parse(id(5)))).toMatchObject({
      state: 'recipient-offline',
      attempts: 3,
      nextTryAt: 1_790_000_060_000,
    });
    expect(await store.outbox.sealed(DeliveryId.parse(id(5)))).toEqual(new Uint8Array([10, 11, 12]));
    expect(store.drafts.get(MessageId.parse(id(3))).content).toMatchObject({ to: ['bo'], text: 'Shall we' });
    expect(store.contacts.find(BOB)).toMatchObject({
      name: 'Bob',
      keyState: 'certified',
      publicKey: new Uint8Array([9, 8, 7]),
    });
    expect(store.contacts.newestCertification(BOB)).toBe(1_790_000_000_000);
    expect(store.search.find({ text: 'list', limit: 5 }).map((found) => found.id)).toEqual([inbox]);
    const [entry] = store.mailboxes.entries({ mailbox: 'inbox', limit: 1 });
    const asked = { mailbox: 'inbox', form: 'unsealed', uid: entry?.uid ?? 0, from: 0, to: 9_999 } as const;
    const octets = Buffer.from(store.served.octets(asked)).toString();
    expect(octets).toMatch(/The apples are in\.[^]*<p>in<\/p>[^]*\r\n\r\nAQID\r\n--/);
    expect(store.served.messages({ ...asked, uids: [asked.uid] })).toMatchObject([{ uid: 1, size: octets.length }]);
    await expect(store.messages.receive(received({ rfcMessageId: '<deleted@b>' }))).resolves.toEqual({
      outcome: 'duplicate',
    });
    await expect(store.messages.receive(received())).resolves.toMatchObject({ summary: { sequence: 4 } });
    store.close();
  });

  it('knows the standing that each of its keys has without a verification', () => {
    const states = ['none', 'certified', 'changed', 'expired', 'revoked'] as const;
    const old = openDatabase({ path: path(), key, migrations: mailMigrations.slice(0, 1), mode: 'existing' });
    for (const state of states) {
      old.run(
        `INSERT INTO contacts (id, address, name, key_state, certified_at, blocked, added_at) VALUES ($state, $state, $state, $state, $certifiedAt, 0, 7)`,
        { state, certifiedAt: state === 'none' ? null : NOW },
      );
    }
    old.close();
    const store = createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() });
    const standings = new Map(store.contacts.all().map(({ name, standing }) => [name, Standing.parse(standing)]));
    expect(states.map((state) => standings.get(state))).toEqual([
      { kind: 'no-key', verified: false },
      { kind: 'unverified', vouchedBy: [] },
      { kind: 'changed', at: NOW, continuity: false, wasVerified: false },
      { kind: 'expired' },
      { kind: 'revoked' },
    ]);
    const { standing, ...bob } = store.contacts.find(BOB)!;
    expect(standing).toEqual({ kind: 'unverified', vouchedBy: [] });
    for (const fact of ['verification', 'introducer', 'scannedYouAt', 'moveNotice'])
      expect(bob).not.toHaveProperty(fact);
    expect(store.messages.detail(MessageId.parse(id(1))).summary).not.toHaveProperty('introducedBy');
    expect(store.keyring.keys()).toEqual([]);
    store.close();
  });

  it('passes through version 2 with all that was in that', async () => {
    const old = openDatabase({ path: path(), key, migrations: mailMigrations.slice(0, 2), mode: 'existing' });
    const movedTo = CAROL;
    old.run(`UPDATE contacts SET standing = '{"kind":"verified","at":1,"way":"scan"}', scanned_you_at = 8`);
    old.run('INSERT INTO parcels (message_row, moved_to) SELECT row, $movedTo FROM messages WHERE id = $id', {
      movedTo,
      id: id(2),
    });
    old.run('INSERT INTO parcel_keys (message_row, public_key) SELECT message_row, $key FROM parcels', {
      key: new Uint8Array([4, 5]),
    });
    old.run(`INSERT INTO codes_to_send (contact_id, code) SELECT id, 'code' FROM contacts`);
    old.run(
      `INSERT INTO deliveries (message_row, id, recipient, state, reason, attempts, delivered_at, expires_at)
       SELECT row, $id, $movedTo, 'delivered', 'none', 1, $at, $at FROM messages WHERE id = $message`,
      { id: id(9), movedTo, at: NOW, message: id(2) },
    );
    old.close();
    const store = createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() });
    const bob = store.contacts.find(BOB)!;
    expect(bob).toMatchObject({
      standing: { kind: 'verified' },
      scannedYouAt: 8,
      sendsReadReceipts: false,
      learnsHolders: true,
      holderCount: 0,
      isPrivate: false,
    });
    expect(store.scanCodes.toSend(bob.id)).toBe('code');
    expect(store.outbox.enclosures(MessageId.parse(id(2)))).toEqual({ keyBlocks: [new Uint8Array([4, 5])], movedTo });
    expect(await store.outbox.queued(MessageId.parse(id(2)))).not.toHaveProperty('note');
    const waiting = DeliveryId.parse(id(5));
    expect(store.outbox.delivery(waiting)).not.toHaveProperty('heldBy');
    expect(store.outbox.tryTime(waiting)).toEqual({ ms: 0 });
    const { date } = store.messages.detail(MessageId.parse(id(2))).summary;
    expect(store.outbox.history(MessageId.parse(id(2)))).toEqual([
      { at: date, deliveryId: waiting, recipient: store.outbox.delivery(waiting).recipient, kind: 'queued' },
      { at: date, deliveryId: id(9), recipient: movedTo, kind: 'queued' },
      { at: NOW, deliveryId: id(9), recipient: movedTo, kind: 'accepted' },
    ]);
    expect(store.messages.detail(MessageId.parse(id(1))).summary).not.toHaveProperty('droppedAttachments');
    expect([
      store.custody.agreements.all(),
      store.custody.asRecipient.missing(),
      store.access.own(),
      store.access.isPrivate(),
    ]).toEqual([[], [], [], false]);
    store.close();
  });

  it('passes through version 3, whose control messages are no mail', () => {
    const old = openDatabase({ path: path(), key, migrations: mailMigrations.slice(0, 3), mode: 'existing' });
    old.run(
      `INSERT INTO agreements (id, role, peer, state, agreed, quota_bytes, client_signature, asked_at, handed_over, faults, renews)
       VALUES ($id, 'client', $peer, 'active', '{}', 1, 's', $at, 4, '{}', 'earlier')`,
      { id: id(7), peer: BOB, at: NOW },
    );
    old.run(`UPDATE messages SET kind = 'note', folder = 'sent', seen = 0 WHERE id = $id`, { id: id(2) });
    old.close();
    const store = createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() });
    expect(countsOf(store)).toMatchObject({ inbox: 1, drafts: 1, outbox: 0, sent: 0 });
    expect(() => store.messages.detail(MessageId.parse(id(2)))).toThrow(
      expect.objectContaining({ code: 'message-unknown' }) as Error,
    );
    expect(store.custody.agreements.all()).toMatchObject([{ id: id(7), peer: BOB, handedOver: 4 }]);
    store.close();
  });

  it('passes through version 4, whose messages have a signer only where there can have been but one', () => {
    const old = openDatabase({ path: path(), key, migrations: mailMigrations.slice(0, 4), mode: 'existing' });
    const [bobs, carols] = ['B'.repeat(40), 'C'.repeat(40)];
    old.run('UPDATE contacts SET fingerprint = $bobs, added_at = 100 WHERE address = $BOB', { bobs, BOB });
    old.run(
      `INSERT INTO contacts (id, address, name, key_state, fingerprint, public_key, certified_at, blocked, added_at)
       SELECT 'carol', $CAROL, '', key_state, $carols, public_key, certified_at, 0, 100 FROM contacts WHERE address = $BOB`,
      { CAROL, BOB, carols },
    );
    old.run(
      'INSERT INTO replaced_keys (address, fingerprint, replaced_at, public_key) VALUES ($CAROL, $bobs, 150, $key)',
      {
        CAROL,
        bobs,
        key,
      },
    );
    const tagged = BOB.replace('@', '+tag@');
    const kept = [
      [4, BOB, 100, bobs],
      [5, tagged, 100, bobs],
      [6, BOB, 99, undefined],
      [7, CAROL, 200, undefined],
      [8, ALICE, 200, undefined],
    ] as const;
    for (const [number, from, storedAt] of kept)
      old.run(
        `INSERT INTO messages (id, folder, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject,
           preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
         VALUES ($id, 'inbox', $number + 100, 't', $from, '[]', '[]', '[]', '', '', 1, $storedAt, 0, 0, 1, 'verified', 'ok')`,
        { id: id(number), number, from, storedAt },
      );
    old.close();
    const store = createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() });
    const signers = new Map(
      store.messages.page({ folder: 'inbox', limit: 50 }).messages.map((each) => [each.id, each]),
    );
    for (const [number, , , signedBy] of kept)
      expect(signers.get(MessageId.parse(id(number)))?.signedBy, String(number)).toBe(signedBy);
    expect(store.contacts.find(BOB)).not.toHaveProperty('earlierKeys');
    expect(store.contacts.find(CAROL)?.earlierKeys).toEqual([
      { fingerprint: bobs, replacedAt: 150, vouches: false, revoked: false },
    ]);
    store.close();
  });

  it('passes through version 11, whose index of names did not say who wrote', async () => {
    const old = openDatabase({ path: path(), key, migrations: mailMigrations.slice(0, 11), mode: 'existing' });
    const tagged = BOB.replace('@', '+tag@');
    const letters = [
      [4, tagged, 'verified', '<four@b>'],
      [5, ALICE, 'own', '<five@a>'],
    ] as const;
    for (const [number, from, protection, name] of letters) {
      old.run(
        `INSERT INTO messages (id, folder, sequence, rfc_message_id, thread_id, from_address, to_addresses, cc_addresses,
           bcc_addresses, subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
         VALUES ($id, 'inbox', $number + 100, $name, $name, $from, $to, '[]', '[]', '', '', 1, 1, 0, 0, 1, $protection, 'ok')`,
        { id: id(number), number, name, from, protection, to: JSON.stringify([ALICE, BOB]) },
      );
      old.run('INSERT INTO named_ids (name, message_row) SELECT $name, row FROM messages WHERE id = $id', {
        name,
        id: id(number),
      });
    }
    for (const from of [tagged, CAROL])
      old.run('INSERT INTO seen_message_ids (from_address, rfc_message_id, stranger_order) VALUES ($from, $name, 1)', {
        from,
        name: '<seen@x>',
      });
    old.close();
    const store = createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() });
    for (const [, , , name] of letters) {
      const answer = received({ from: BOB, to: [ALICE], inReplyTo: name });
      await store.messages.receive(answer);
      expect(store.messages.thread(name).map((each) => each.id)).toContain(answer.id);
    }
    store.close();
    const sql = openDatabase({ path: path(), key, migrations: mailMigrations, mode: 'existing' });
    const orders = sql.all("SELECT stranger_order FROM seen_message_ids WHERE rfc_message_id = '<seen@x>' ORDER BY 1");
    expect(orders).toEqual([{ stranger_order: null }, { stranger_order: 1 }]);
    sql.close();
  });

  it('passes through version 11 with each message in one mailbox, which counts it, and control messages in none', () => {
    const old = openDatabase({ path: path(), key, migrations: mailMigrations.slice(0, 11), mode: 'existing' });
    const folders = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'];
    for (const [index, folder] of [...folders, ...folders].entries())
      old.run(
        `INSERT INTO messages (id, kind, folder, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses,
           subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
         VALUES ($id, $kind, $folder, 100 + $index, 't', $BOB, '[]', '[]', '[]', '', '', $index, $index, $seen, 0, 10, 'verified', 'ok')`,
        { id: `m${String(index)}`, kind: index === 3 ? 'note' : 'mail', folder, index, BOB, seen: index % 2 },
      );
    old.close();
    createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() }).close();
    const sql = openDatabase({ path: path(), key, migrations: mailMigrations, mode: 'existing' });
    const messages = sql.all(`
      SELECT folder, mailbox IS NULL AS nowhere, count(*) AS count, count(DISTINCT uid) AS uids FROM messages
      WHERE id LIKE 'm%' GROUP BY folder, mailbox ORDER BY min(sequence)`);
    const twice = folders.map((folder) => ({ folder, nowhere: 0, count: 2, uids: 2 }));
    expect(messages).toEqual([
      ...twice.slice(0, 3),
      { folder: 'outbox', nowhere: 1, count: 1, uids: 0 },
      ...twice.slice(4),
      { folder: 'outbox', nowhere: 0, count: 1, uids: 1 },
    ]);
    const wrong = sql.all(`
      SELECT b.special_use FROM mailboxes b LEFT JOIN mail m ON m.mailbox = b.row GROUP BY b.row
      HAVING b.messages <> count(m.row) OR b.unseen <> total(m.seen = 0) OR b.octets <> total(m.size)
        OR b.uid_next <= coalesce(max(m.uid), 0) OR b.highest_modseq < coalesce(max(m.modseq), 0)`);
    expect([wrong, sql.all('PRAGMA foreign_key_check')]).toEqual([[], []]);
    sql.close();
  });

  it('has the schema that new files have', () => {
    const fresh = openDatabase({
      path: join(directory.path, 'new.db'),
      key,
      migrations: mailMigrations,
      mode: 'create',
    });
    createMailStore({ path: path(), key, identityId: newIdentityId(), events: recorder() }).close();
    const migrated = openDatabase({ path: path(), key, migrations: mailMigrations, mode: 'existing' });
    // Spaces aside: the fixture is indented otherwise.
    const schema = `SELECT type, name, replace(replace(sql, ' ', ''), char(10), '') AS sql FROM sqlite_master ORDER BY type, name`;
    expect(migrated.all(schema)).toEqual(fresh.all(schema));
    fresh.close();
    migrated.close();
  });
});
