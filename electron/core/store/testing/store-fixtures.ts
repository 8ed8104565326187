import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoreEvent } from '../../../../shared/contract/core-events';
import {
  AttachmentId,
  ContactId,
  DeliveryId,
  Fingerprint,
  IdentityId,
  MailAddress,
  MessageId,
} from '../../../../shared/ids';
import { defaultKeyPolicy } from '../../../../shared/key-life';
import { folderCounts } from '../../../../shared/mailbox';
import type { DraftContent, FolderCounts } from '../../../../shared/message';
import type { NewDraft } from '../../ports/storage/drafts';
import type { NewReceived, NewSubmitted, StoredContact } from '../../ports/storage/mail-records';
import type { MailStore } from '../../ports/storage/mail-store';
import type { RingCertification, RingKey } from '../../ports/storage/keyring-records';
import type { VaultIdentity } from '../../ports/storage/vault';
import { createMailStore } from '../mail-store';
import type { KdfParameters } from '../vault/vault-key';

/** Argon2id at its cheapest: the tests here are about what happens around it. */
export const CHEAP_KDF: KdfParameters = { memoryKib: 64, iterations: 1, parallelism: 1 };

export const NOW = 1_790_000_000_000;

export const ALICE = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);
export const BOB = MailAddress.parse(`bob@${'b'.repeat(56)}.onion`);
export const CAROL = MailAddress.parse(`carol@${'c'.repeat(56)}.onion`);

export const newMessageId = (): MessageId => MessageId.parse(randomUUID());
export const newDeliveryId = (): DeliveryId => DeliveryId.parse(randomUUID());
export const newAttachmentId = (): AttachmentId => AttachmentId.parse(randomUUID());
export const newContactId = (): ContactId => ContactId.parse(randomUUID());
export const newIdentityId = (): IdentityId => IdentityId.parse(randomUUID());

/** A directory of its own, and the call that removes it. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'posthorn-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type Recorder = {
  readonly seen: CoreEvent[];
  publish(event: CoreEvent): void;
  types(): string[];
  clear(): void;
};

export function recorder(): Recorder {
  const seen: CoreEvent[] = [];
  return {
    seen,
    publish: (event) => void seen.push(event),
    types: () => seen.map(({ type }) => type),
    clear: () => void seen.splice(0),
  };
}

export type TestStore = {
  readonly store: MailStore;
  readonly events: Recorder;
  readonly path: string;
  readonly key: Uint8Array;
  readonly identityId: IdentityId;
  reopen(): MailStore;
  remove(): void;
};

/** A real mail store on an encrypted file in a directory of its own. */
export function openTestStore(): TestStore {
  const directory = temporaryDirectory();
  const events = recorder();
  const at = {
    path: join(directory.path, 'mail.db'),
    key: new Uint8Array(randomBytes(32)),
    identityId: newIdentityId(),
  };
  const opened = [createMailStore({ ...at, events, mode: 'create' })];
  return {
    ...at,
    events,
    store: opened[0]!,
    reopen: () => {
      const again = createMailStore({ ...at, events });
      opened.push(again);
      return again;
    },
    remove: () => {
      for (const store of opened) store.close();
      directory.remove();
    },
  };
}

/** What waits in each of the seven mailboxes. */
export function countsOf(store: Pick<MailStore, 'mailboxes'>): FolderCounts {
  return folderCounts(store.mailboxes.all());
}

export function received(change: Partial<NewReceived> = {}): NewReceived {
  const id = newMessageId();
  return {
    id,
    rfcMessageId: `<${id}@${'b'.repeat(56)}.onion>`,
    threadId: `<${id}@${'b'.repeat(56)}.onion>`,
    references: [],
    folder: 'inbox',
    from: BOB,
    to: [ALICE],
    cc: [],
    bcc: [],
    subject: 'Harvest',
    preview: 'The apples are in.',
    date: NOW,
    storedAt: NOW + 1,
    size: 2_000,
    protection: 'verified',
    protectionReason: 'ok',
    text: 'The apples are in.',
    attachments: [],
    raw: Buffer.from('raw bytes'),
    ...change,
  };
}

export function composed(change: Partial<DraftContent> = {}): DraftContent {
  return { to: [BOB], cc: [], bcc: [], subject: 'Cider', text: 'Shall we press on Sunday?', ...change };
}

/** Saves a draft and answers its id. */
export function saveDraft(store: MailStore, content: Partial<DraftContent> = {}): MessageId {
  const draft = newDraft(composed(content));
  store.drafts.save(draft);
  return draft.id;
}

export function newDraft(content: DraftContent, change: Partial<NewDraft> = {}): NewDraft {
  const id = newMessageId();
  return { id, isNew: true, content, threadId: id, preview: content.text, now: NOW, from: ALICE, ...change };
}

export function submitted(messageId: MessageId, change: Partial<NewSubmitted> = {}): NewSubmitted {
  return {
    messageId,
    rfcMessageId: `<${messageId}@${'a'.repeat(56)}.onion>`,
    threadId: `<${messageId}@${'a'.repeat(56)}.onion>`,
    references: [],
    to: [BOB],
    cc: [],
    bcc: [],
    date: NOW + 5,
    preview: 'Shall we press on Sunday?',
    deliveries: [{ id: newDeliveryId(), recipient: BOB, state: 'waiting-for-tor', expiresAt: NOW + 1_000_000 }],
    ...change,
  };
}

/** A fingerprint that ends in `number`. */
export function fingerprintOf(number: number): Fingerprint {
  return Fingerprint.parse(number.toString(16).toUpperCase().padStart(40, '0'));
}

/** The fields of a contact before either side has told the other anything. */
export const UNTOLD = { sendsReadReceipts: false, learnsHolders: true, holderCount: 0, isPrivate: false } as const;

export function contact(change: Partial<StoredContact> & Pick<StoredContact, 'identityId'>): StoredContact {
  return {
    id: newContactId(),
    address: BOB,
    name: 'Bob',
    keyState: 'none',
    blocked: false,
    addedAt: NOW,
    standing: { kind: 'no-key', verified: false },
    ...UNTOLD,
    ...change,
  };
}

export function ringKey(number: number, change: Partial<RingKey> = {}): Omit<RingKey, 'validity' | 'path'> {
  const fingerprint = fingerprintOf(number);
  return {
    fingerprint,
    address: BOB,
    publicKey: new Uint8Array(randomBytes(40)),
    keyId: fingerprint.slice(-16),
    certifiedAt: NOW,
    expiresAt: NOW + 1_000_000,
    revoked: false,
    seenAt: NOW + 1,
    ...change,
  };
}

/** By key `issuer` on key `subject`, not verified. */
export function certification({
  issuer,
  subject,
  ...change
}: { issuer: number; subject: number } & Partial<Omit<RingCertification, 'issuer' | 'subject'>>): RingCertification {
  const body = new Uint8Array(randomBytes(100));
  return {
    id: createHash('sha256').update(body).digest('hex'),
    issuer: fingerprintOf(issuer),
    issuerKeyId: fingerprintOf(issuer).slice(-16),
    subject: fingerprintOf(subject),
    kind: 'certification',
    level: 3,
    createdAt: NOW,
    exportable: true,
    verified: false,
    body,
    ...change,
  };
}

export function vaultIdentity(change: Partial<VaultIdentity> = {}): VaultIdentity {
  return {
    id: newIdentityId(),
    address: ALICE,
    label: 'Home',
    colour: 'blue',
    paused: false,
    createdAt: NOW,
    onionSeed: new Uint8Array(randomBytes(32)),
    keys: {
      secretKey: new Uint8Array(randomBytes(300)),
      publicKey: new Uint8Array(randomBytes(250)),
      fingerprint: Fingerprint.parse('AB'.repeat(20)),
    },
    certifiedAt: NOW,
    renewAfterMs: 86_400_000,
    databaseKey: new Uint8Array(randomBytes(32)),
    keyPolicy: defaultKeyPolicy,
    subkeyMadeAt: NOW,
    rotationShare: 0.25,
    retired: [],
    revoked: false,
    showsVouchers: false,
    mayBeElsewhere: false,
    ...change,
  };
}
