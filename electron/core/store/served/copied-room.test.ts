import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import { serveOctets } from '../../mime/served/serve-entity';
import type { MailStore } from '../../ports/storage/mail-store';
import { createMailStore } from '../mail-store';
import { ALICE, BOB, newAttachmentId, newMessageId, NOW, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const KIB = 1024;
const MIB = KIB * KIB;
const disk = { free: 0 };

let test: TestStore;
let store: MailStore;
beforeEach(() => {
  disk.free = 100 * MIB;
  test = openTestStore();
  test.store.close();
  store = createMailStore({ ...test, freeDisk: () => disk.free });
});
afterEach(() => {
  store.close();
  test.remove();
});

const uids = (mailbox: MailboxRef): readonly number[] =>
  store.mailboxes.uids({ mailbox, afterUid: 0, limit: 1_000 }).uids;
const bytes = (): number => store.storage.amounts().mail.bytes;

/** A message with a file of this size. */
const withFile = (octets: number) =>
  received({
    attachments: [
      {
        id: newAttachmentId(),
        filename: 'apples.bin',
        contentType: 'application/octet-stream',
        inline: false,
        content: new Uint8Array(randomBytes(octets)),
      },
    ],
  });

it('copies nothing that would not fit the disk', async () => {
  for (let count = 0; count < 20; count += 1) await store.messages.receive(withFile(50 * KIB));
  const copy = () => store.served.copy({ mailbox: 'inbox', uids: uids('inbox'), to: 'archive' });
  disk.free = MIB;
  expect(copy).toThrow(expect.objectContaining({ code: 'disk-full' }));
  expect(uids('archive')).toEqual([]);
  disk.free = 20 * MIB;
  copy();
  expect(uids('archive')).toHaveLength(20);
});

it('counts what copies take: small contents once more, and large ones, which are shared, not', async () => {
  await store.messages.receive(withFile(50 * KIB));
  const small = bytes();
  store.served.copy({ mailbox: 'inbox', uids: uids('inbox'), to: 'archive' });
  expect(bytes() - small).toBeGreaterThan(50 * KIB);
  expect(bytes() - small).toBeLessThan(70 * KIB);
  await store.messages.receive(withFile(MIB));
  const large = bytes();
  store.served.copy({ mailbox: 'inbox', uids: uids('inbox').slice(-1), to: 'archive' });
  expect(bytes() - large).toBeLessThan(50 * KIB);
});

it('takes nothing that a program brings and that does not fit, however small', async () => {
  const octets = Buffer.from('From: bob@example.onion\r\nSubject: Apples\r\n\r\nThe apples are in.\r\n');
  const id = newMessageId();
  const append = () =>
    store.served.append({
      id,
      mailbox: 'archive',
      threadId: id,
      references: [],
      from: ALICE,
      to: [],
      cc: [],
      bcc: [],
      subject: 'Apples',
      text: 'The apples are in.',
      preview: 'The apples are in.',
      date: NOW,
      internalDate: NOW,
      flags: [],
      attachments: [],
      served: serveOctets(octets, []),
    });
  disk.free = KIB;
  await expect(append()).rejects.toMatchObject({ code: 'disk-full' });
  expect(uids('archive')).toEqual([]);
  disk.free = MIB;
  await append();
  expect(uids('archive')).toHaveLength(1);
});

it('takes no room from people who were introduced for what is copied here', async () => {
  const carol = MailAddress.parse(`carol@${'c'.repeat(56)}.onion`);
  const signer = { fingerprint: Fingerprint.parse('A'.repeat(40)), introducedBy: [BOB] };
  const receive = () => store.messages.receive({ ...withFile(60 * KIB), from: carol, signer });
  await receive();
  // A tenth of the disk is for them, and half of it for one.
  disk.free = 3 * MIB;
  const all = uids('inbox');
  for (let count = 0; count < 10; count += 1) store.served.copy({ mailbox: 'inbox', uids: all, to: 'archive' });
  expect((await receive()).outcome).toBe('stored');
  expect((await receive()).outcome).toBe('no-room');
});
