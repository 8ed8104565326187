import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackupOutcome } from '../../../../shared/backup';
import type { BackupId, IdentityId, MessageId } from '../../../../shared/ids';
import type { Identity } from '../../../../shared/identity';
import type { ListPlace } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { placeInList } from '../../../../shared/written-order';
import type { NewReceived } from '../../ports/storage/mail-records';
import { openProfile } from '../../store/vault/profile';
import { newAttachmentId, received } from '../../store/testing/store-fixtures';
import { campaign } from '../../testing/campaign';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, type TestCore } from '../../testing/make-test-core';

/** A tenth of this number is one page, so that mail is read in several pages. */
const MESSAGES_EACH = campaign({ short: 100, long: 500 });
const backupPassphrase = 'a word for the backup';

let network: LoopbackNetwork;
let cores: TestCore[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  cores = [];
});

afterEach(async () => {
  await Promise.all(cores.map((core) => core.remove()));
  await network.stop();
});

async function start(o: Parameters<typeof makeTestCore>[1] = {}): Promise<TestCore> {
  const core = await makeTestCore(network, o);
  cores.push(core);
  return core;
}

const pieceBytes = 1024 * 1024;

async function readAll(core: TestCore, backupId: BackupId): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const piece = await core.call('backup.read', { backupId, offset });
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(piece);
    offset += piece.length;
  }
}

async function makeBackup(core: TestCore, withMail = true): Promise<Uint8Array> {
  const { backupId, size } = await core.call('backup.create', { passphrase: backupPassphrase, withMail });
  const file = await readAll(core, backupId);
  expect(file).toHaveLength(size);
  await core.call('backup.discard', { backupId });
  return file;
}

async function handIn(core: TestCore, file: Uint8Array): Promise<BackupId> {
  const { backupId } = await core.call('backup.open', { size: file.length });
  for (let offset = 0; offset < file.length; offset += pieceBytes)
    await core.call('backup.write', { backupId, piece: file.subarray(offset, offset + pieceBytes) });
  return backupId;
}

const settings = {
  theme: 'dark',
  autoLockMinutes: 5,
  autoLocks: 'window',
  notifications: false,
  cleanPictures: false,
  cameraAllowed: true,
  holderHintSeen: true,
  builtInBridges: 'none',
  bridges: [],
  programs: { isOn: false, imapPort: 2143, submissionPort: 2587 },
} as const;
const folders = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'] as const;

/**
 * Everything a person sees of an identity: mail with flags, folders, texts, attachments and wire copies, and contacts.
 */
async function everything(core: TestCore, identityId: IdentityId): Promise<unknown> {
  const all: unknown[] = [
    await core.call('contacts.list', { identityId }),
    await core.call('mailboxes.list', { identityId }),
    await core.call('tags.list', { identityId }),
  ];
  for (const folder of folders) {
    for (let before: ListPlace | undefined; ;) {
      const { messages, more } = await core.call('messages.page', {
        identityId,
        folder,
        limit: MESSAGES_EACH / 10,
        ...present({ before }),
      });
      for (const { id: messageId } of messages) all.push(await whole(core, { identityId, messageId }));
      if (!more) break;
      before = placeInList(messages.at(-1)!);
    }
  }
  return all;
}

async function whole(core: TestCore, of: { identityId: IdentityId; messageId: MessageId }): Promise<unknown> {
  const detail = await core.call('messages.read', of);
  const contents = await Promise.all(
    detail.attachments.map(({ id }) => core.call('attachments.read', { ...of, attachmentId: id })),
  );
  const raw = detail.summary.folder === 'drafts' ? undefined : await core.call('messages.raw', of);
  return [detail, contents, raw];
}

/**
 * Two identities with MESSAGES_EACH messages each in every state; written by the store itself, because sealing them all
 * would take minutes.
 */
async function fill(core: TestCore): Promise<TestCore> {
  const identities = [await makeIdentity(core, 'alice'), await makeIdentity(core, 'work')];
  for (const { id } of identities)
    await core.call('contacts.add', {
      identityId: id,
      address: identities.find((other) => other.id !== id)!.address,
      name: 'The other one',
    });
  await core.call('settings.set', { ...settings, bridges: [] });
  await core.stop();
  const profile = openProfile({
    directory: core.directory,
    clock: { now: () => 0 },
    random: { bytes: (length) => new Uint8Array(length) },
    events: { publish: () => undefined },
  });
  const unlocked = await profile.unlock(passphrase);
  if (unlocked.outcome !== 'unlocked') throw new Error('the passphrase is another');
  for (const identity of unlocked.vault.identities()) {
    const mail = unlocked.vault.openMail(identity);
    await Promise.all(Array.from({ length: MESSAGES_EACH }, (_, index) => mail.messages.receive(letter(index))));
    mail.close();
  }
  profile.close();
  const again = await start({ directory: core.directory });
  for (const { id: identityId } of identities) await sort(again, identityId);
  return again;
}

function letter(index: number): NewReceived {
  const content = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
  const attachment = {
    id: newAttachmentId(),
    filename: `${String(index)}.bin`,
    contentType: 'application/octet-stream',
    inline: false,
    content: content(index * 40),
  };
  return received({
    subject: `Letter ${String(index)}`,
    text: `Text ${String(index)}\n`.repeat(5),
    attachments: index % 5 === 1 ? [attachment] : [],
    // A megabyte for each identity, which tells a backup with mail from one without.
    raw: content(1_000_000 / MESSAGES_EACH),
  });
}

async function sort(core: TestCore, identityId: IdentityId): Promise<void> {
  const { messages } = await core.call('messages.page', { identityId, folder: 'inbox', limit: 500 });
  const some = (from: number, to: number): MessageId[] =>
    messages.slice(from * MESSAGES_EACH, to * MESSAGES_EACH).map(({ id }) => id);
  await core.call('messages.setFlags', { identityId, messageIds: some(0, 0.4), seen: true });
  await core.call('messages.setFlags', { identityId, messageIds: some(0.2, 0.3), flagged: true });
  await core.call('messages.move', { identityId, messageIds: some(0.1, 0.24), folder: 'archive' });
  await core.call('messages.move', { identityId, messageIds: some(0.24, 0.26), folder: 'trash' });
  await core.call('drafts.save', {
    identityId,
    content: { to: ['someone'], cc: [], bcc: [], subject: 'Not yet', text: 'To be said' },
  });
}

const restore = async (core: TestCore, file: Uint8Array, word = backupPassphrase): Promise<BackupOutcome> =>
  core.call('backup.restore', { backupId: await handIn(core, file), passphrase: word, profilePassphrase: passphrase });

describe(`a backup of two identities with ${String(2 * MESSAGES_EACH)} messages`, () => {
  test('restores every message, flag, folder, contact and setting into a clean profile', async () => {
    const alice = await fill(await start());
    const identities = await alice.call('identities.list', {});
    const before = await Promise.all(identities.map(({ id }) => everything(alice, id)));
    const progress: string[] = [];
    alice.onEvent((event) => {
      if (event.type === 'backup.progressed') progress.push(event.progress.work);
    });
    const file = await makeBackup(alice);
    expect(progress).toContain('create');

    const tested = await alice.call('backup.test', {
      backupId: await handIn(alice, file),
      passphrase: backupPassphrase,
    });
    expect(tested).toMatchObject({
      outcome: 'good',
      contents: {
        withMail: true,
        identities: [
          { contacts: 1, messages: MESSAGES_EACH + 1 },
          { contacts: 1, messages: MESSAGES_EACH + 1 },
        ],
      },
    });
    expect((await readdir(join(alice.directory, 'backup'))).filter((name) => !name.endsWith('.age'))).toEqual([]);
    const damaged = Uint8Array.from(file);
    damaged[damaged.length >> 1]! ^= 4;
    expect(
      await alice.call('backup.test', { backupId: await handIn(alice, damaged), passphrase: backupPassphrase }),
    ).toEqual({ outcome: 'refused', problem: 'damaged' });
    await alice.stop();

    const clean = await start({ profile: 'new' });
    for (const [broken, word] of [
      [damaged, backupPassphrase],
      [file.subarray(0, -9), backupPassphrase],
      [file, 'another'],
    ] as const) {
      expect(await restore(clean, broken, word)).toMatchObject({ outcome: 'refused' });
      expect(await clean.call('profile.state', {})).toEqual({ state: 'new' });
    }
    const online = ['alice', 'work'].map((name) =>
      clean.when(
        'identity.changed',
        ({ identity }) => identity.reachability === 'online' && identity.address.startsWith(name),
      ),
    );
    expect(await restore(clean, file)).toMatchObject({ outcome: 'good' });
    // No other machine answers at these onions, so they go into service.
    await Promise.all(online);
    const plain = (each: Identity): unknown => ({ ...each, reachability: 'online' });
    expect((await clean.call('identities.list', {})).map(plain)).toEqual(identities.map(plain));
    expect(await Promise.all(identities.map(({ id }) => everything(clean, id)))).toEqual(before);
    expect(await clean.call('settings.get', {})).toEqual(settings);
    await expect(restore(clean, file)).rejects.toMatchObject({ code: 'profile-exists' });

    await clean.stop();
    const reopened = await start({ directory: clean.directory });
    expect(await reopened.call('identities.list', {})).toMatchObject(identities.map(({ address }) => ({ address })));
    await reopened.call('backup.open', { size: 1 });
    expect(await readdir(join(reopened.directory, 'backup'))).toHaveLength(1);
  });

  test('without mail has the identities and contacts', async () => {
    const alice = await fill(await start());
    const identities = await alice.call('identities.list', {});
    const contacts = await alice.call('contacts.list', { identityId: identities[0]!.id });
    const file = await makeBackup(alice, false);
    expect(file.length).toBeLessThan(2_000_000);
    await alice.stop();
    const clean = await start({ profile: 'new' });
    expect(await restore(clean, file)).toMatchObject({
      outcome: 'good',
      contents: {
        withMail: false,
        identities: [
          { contacts: 1, messages: 0 },
          { contacts: 1, messages: 0 },
        ],
      },
    });
    expect(await clean.call('contacts.list', { identityId: identities[0]!.id })).toEqual(contacts);
    for (const { messages, unseen } of await clean.call('mailboxes.list', { identityId: identities[0]!.id }))
      expect({ messages, unseen }).toEqual({ messages: 0, unseen: 0 });
  });
});

describe('a backup on its way', () => {
  test('is refused past its announced size, before it is whole, and when its id is unknown', async () => {
    const core = await start();
    const { backupId } = await core.call('backup.open', { size: 10 });
    await core.call('backup.write', { backupId, piece: new Uint8Array(9) });
    await expect(core.call('backup.write', { backupId, piece: new Uint8Array(2) })).rejects.toMatchObject({
      code: 'invalid-call',
    });
    expect(await core.call('backup.test', { backupId, passphrase: 'x' })).toEqual({
      outcome: 'refused',
      problem: 'incomplete',
    });
    await core.call('backup.discard', { backupId });
    await expect(core.call('backup.read', { backupId, offset: 0 })).rejects.toMatchObject({ code: 'backup-unknown' });
    await expect(core.call('backup.open', { size: 2 ** 52 })).rejects.toMatchObject({ code: 'disk-full' });
  });

  test('makes room when windows forget theirs, and is gone at the next start', async () => {
    const core = await start();
    for (let count = 0; count < 6; count += 1) await core.call('backup.open', { size: 10 });
    const folder = join(core.directory, 'backup');
    expect(await readdir(folder)).toHaveLength(4);
    await core.stop();
    const again = await start({ directory: core.directory });
    const { backupId } = await again.call('backup.open', { size: 10 });
    expect(await readdir(folder)).toHaveLength(1);
    await again.call('backup.discard', { backupId });
  });

  test('needs an open profile to be made, and none to be tested', async () => {
    const core = await start();
    await makeIdentity(core, 'alice');
    const file = await makeBackup(core);
    await core.call('profile.lock', {});
    await expect(makeBackup(core)).rejects.toMatchObject({ code: 'profile-locked' });
    expect(
      await core.call('backup.test', { backupId: await handIn(core, file), passphrase: backupPassphrase }),
    ).toMatchObject({ outcome: 'good' });
    await expect(restore(core, file)).rejects.toMatchObject({ code: 'profile-exists' });
  });
});
