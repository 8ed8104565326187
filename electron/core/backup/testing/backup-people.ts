import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { pack } from 'tar-stream';
import { Fingerprint, MailAddress } from '../../../../shared/ids';
import { defaultKeyPolicy } from '../../../../shared/key-life';
import { defaultSettings } from '../../../../shared/settings';
import { makeOnionKeys } from '../../onion/onion-keys';
import type { Backups } from '../../ports/storage/backups';
import type { BackupSource, VaultIdentity } from '../../ports/storage/vault';
import { checkMail } from '../../store/backup/backup-check';
import { copyMail } from '../../store/backup/backup-copy';
import { createMailStore } from '../../store/mail-store';
import {
  newContactId,
  newIdentityId,
  received,
  recorder,
  contact,
  newAttachmentId,
} from '../../store/testing/store-fixtures';
import { passphraseRecipient } from '../age-passphrase';
import { createBackups, type CreateBackups } from '../create-backups';
import { fromWebStream, toWebStream } from '../web-stream';

/** For tests: backups in a folder of their own, with the real store and a cheap passphrase. */
export type TestBackups = {
  readonly path: string;
  readonly backups: Backups;
  identity(change?: Partial<VaultIdentity>): VaultIdentity;
  mailPath(identity: VaultIdentity): string;
  source(...identities: VaultIdentity[]): BackupSource;
  /** Makes a backup and answers its octets. */
  make(o?: { identities?: VaultIdentity[]; withMail?: boolean }): Promise<Uint8Array>;
  /** Hands octets in as a backup and tests it. */
  outcomeOf(file: Uint8Array, passphrase?: string): Promise<string>;
  /** Names in the folder for work files. */
  leftovers(): Promise<string[]>;
  remove(): void;
};

export const PASSPHRASE = 'a word for the backup';
const WORK_FACTOR = 2;

export function makeTestBackups(change: Partial<CreateBackups> = {}): TestBackups {
  const path = mkdtempSync(join(tmpdir(), 'posthorn-backup-'));
  const directory = change.directory ?? join(path, 'backup');
  const keys = makeOnionKeys();
  const backups = createBackups({
    directory,
    clock: { now: () => 1_790_000_000_000 },
    checkMail: (o) => Promise.resolve(checkMail(o)),
    onionOf: (seed) => keys.onionOf(seed),
    checkKeys: () => Promise.resolve(true),
    workFactor: WORK_FACTOR,
    ...change,
  });
  const mailPath = ({ id }: VaultIdentity): string => join(path, `${id}.db`);
  const source = (...identities: VaultIdentity[]): BackupSource => ({
    identities,
    guests: [],
    settings: { ...defaultSettings, bridges: ['192.0.2.1:443'] },
    copyMail: ({ identity, ...o }) =>
      Promise.resolve(copyMail({ from: mailPath(identity), key: identity.databaseKey, ...o })),
  });
  return {
    path,
    backups,
    mailPath,
    source,
    identity: (fields = {}) => makeIdentity(fields, mailPath),
    make: async ({ identities, withMail = true } = {}) => {
      const from = source(...(identities ?? [makeIdentity({}, mailPath)]));
      const made = await backups.create({
        source: from,
        passphrase: PASSPHRASE,
        withMail,
        progressed: () => undefined,
      });
      const file = await readFile(made.path);
      await backups.discard(made.path);
      return file;
    },
    outcomeOf: async (file, passphrase = PASSPHRASE) => {
      const received = await backups.receive({ size: file.length });
      await received.write(file);
      const outcome = await backups.test({ path: received.path, passphrase, progressed: () => undefined });
      await backups.discard(received.path);
      return outcome.outcome === 'good' ? 'good' : outcome.problem;
    },
    leftovers: () => readdir(directory).catch(() => []),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** An identity with a few messages, one of them with an attachment, and a contact. */
function makeIdentity(change: Partial<VaultIdentity>, mailPath: (identity: VaultIdentity) => string): VaultIdentity {
  const onionSeed = new Uint8Array(randomBytes(32));
  const identity: VaultIdentity = {
    id: newIdentityId(),
    address: MailAddress.parse(`alice@${makeOnionKeys().onionOf(onionSeed)}`),
    label: 'Alice',
    colour: 'teal',
    paused: false,
    createdAt: 7,
    onionSeed,
    keys: {
      secretKey: Buffer.from('secret'),
      publicKey: Buffer.from('public'),
      fingerprint: Fingerprint.parse('A'.repeat(40)),
    },
    certifiedAt: 8,
    renewAfterMs: 86_400_000,
    databaseKey: new Uint8Array(randomBytes(32)),
    keyPolicy: defaultKeyPolicy,
    subkeyMadeAt: 9,
    rotationShare: 0.25,
    retired: [
      {
        fingerprint: Fingerprint.parse('B'.repeat(40)),
        kind: 'subkey',
        retiredAt: 6,
        secretKey: new Uint8Array([1, 2, 3]),
      },
    ],
    revoked: false,
    showsVouchers: true,
    mayBeElsewhere: false,
    ...change,
  };
  const store = createMailStore({
    path: mailPath(identity),
    key: identity.databaseKey,
    identityId: identity.id,
    events: recorder(),
    mode: 'create',
  });
  store.contacts.add(contact({ id: newContactId(), identityId: identity.id }));
  const attachment = {
    id: newAttachmentId(),
    filename: 'a.bin',
    contentType: 'application/octet-stream',
    inline: false,
    content: new Uint8Array(randomBytes(20_000)),
  };
  void store.messages.receive(received({ attachments: [attachment], raw: new Uint8Array(randomBytes(30_000)) }));
  void store.messages.receive(received());
  store.close();
  return identity;
}

export type TarEntry = {
  readonly name: string;
  readonly content: Uint8Array;
  readonly type?: 'file' | 'symlink' | 'directory';
};

/** A tar of these entries, sealed as a backup is. */
export async function sealTar(entries: readonly TarEntry[]): Promise<Uint8Array> {
  const tar = pack();
  for (const { name, content, type = 'file' } of entries) {
    if (type === 'file') tar.entry({ name, size: content.length }, Buffer.from(content));
    else tar.entry({ name, type, ...(type === 'symlink' ? { linkname: '/tmp' } : {}) });
  }
  tar.finalize();
  return seal(tar as AsyncIterable<Uint8Array>);
}

async function seal(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(PASSPHRASE, WORK_FACTOR));
  const parts: Uint8Array[] = [];
  for await (const part of fromWebStream(await encrypter.encrypt(toWebStream(pieces)))) parts.push(part);
  return Buffer.concat(parts);
}

export async function writeTemporary(folder: string, content: Uint8Array): Promise<string> {
  const path = join(folder, 'file.age');
  await writeFile(path, content);
  return path;
}
