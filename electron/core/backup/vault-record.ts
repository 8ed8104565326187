import { z } from 'zod';
import { Fingerprint, IdentityId, MailAddress, Timestamp } from '../../../shared/ids';
import { IdentityColour } from '../../../shared/identity';
import { KeyPolicy } from '../../../shared/key-life';
import { present } from '../../../shared/present';
import { defaultSettings, Settings } from '../../../shared/settings';
import { MAX_GUESTS } from '../domain/client-limits';
import { MAX_IDENTITIES } from '../domain/limits';
import type { VaultIdentity } from '../ports/storage/vault';
import type { GuestBackup } from '../ports/storage/guests';
import { parseJson } from './backup-manifest';
import { BackupRefusal } from './backup-refusal';

const Octets = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const Key = Octets.refine((octets) => octets.length === 32);

const RetiredRecord = z.strictObject({
  fingerprint: Fingerprint,
  kind: z.enum(['subkey', 'key']),
  retiredAt: Timestamp,
  secretKey: Octets,
  publicKey: Octets.optional(),
});

const IdentityRecord = z.strictObject({
  id: IdentityId,
  address: MailAddress,
  label: z.string().max(60),
  colour: IdentityColour,
  paused: z.boolean(),
  createdAt: Timestamp,
  onionSeed: Key,
  keys: z.strictObject({ secretKey: Octets, publicKey: Octets, fingerprint: Fingerprint }),
  certifiedAt: Timestamp,
  /** Since version 3 of the vault; a restored identity draws it anew. */
  renewAfterMs: z.number().int().nonnegative().default(0),
  databaseKey: Key,
  keyPolicy: KeyPolicy,
  subkeyMadeAt: Timestamp,
  /** As `renewAfterMs`. */
  rotationShare: z.number().min(0).max(1).default(0.5),
  retired: z.array(RetiredRecord).max(1_000),
  revoked: z.boolean(),
  showsVouchers: z.boolean(),
});

const GuestRecord = z.strictObject({
  id: IdentityId,
  address: MailAddress,
  name: z.string().max(60),
  createdAt: Timestamp,
  agreement: z.strictObject({ quota: z.number().int().positive(), endsAt: Timestamp.optional() }),
  hash: z.string().max(1_000),
  lastUsedAt: Timestamp.optional(),
  key: z
    .strictObject({
      publicKey: Octets,
      fingerprint: Fingerprint,
      certifiedAt: Timestamp,
      renewAfterMs: z.number().int().nonnegative(),
    })
    .optional(),
  onionSeed: Key,
});

/** Settings that an older version wrote are completed when they are read. */
const VaultRecord = z.strictObject({
  identities: z.array(IdentityRecord).max(MAX_IDENTITIES),
  /** In archives of version 2. */
  guests: z.array(GuestRecord).max(MAX_GUESTS).default([]),
  settings: z.record(z.string(), z.unknown()),
});

/** What is in `vault.json` of a backup. */
export type RestoredVault = {
  readonly identities: readonly VaultIdentity[];
  readonly guests: readonly GuestBackup[];
  readonly settings: Settings;
};

/** Octets as base64. Whether this machine had yet to look for another copy is its own matter. */
export function writeVault({ identities, guests, settings }: RestoredVault): Uint8Array {
  const records = identities.map(({ mayBeElsewhere: _own, ...identity }) => identity);
  const hosted = guests.length > 0 ? { guests } : {};
  return Buffer.from(`${JSON.stringify({ identities: records, ...hosted, settings }, octetsAsText)}\n`);
}

/**
 * Every identity comes back as one that may be elsewhere too, and as one whose onion certification has to be renewed:
 * the copy that went on may have made newer ones, and peers refuse what is older than they have seen. Throws
 * `BackupRefusal` `damaged`.
 */
export function readVault(octets: Uint8Array): RestoredVault {
  const parsed = VaultRecord.safeParse(parseJson(octets, 'damaged'));
  if (!parsed.success) throw new BackupRefusal('damaged');
  const settings = Settings.safeParse({ ...defaultSettings, ...parsed.data.settings });
  const identities = parsed.data.identities.map((record): VaultIdentity => ({
    ...record,
    retired: record.retired.map(toRetired),
    certifiedAt: 0,
    mayBeElsewhere: true,
  }));
  const guests = parsed.data.guests.map(toGuest);
  const all = [...identities, ...guests];
  if (new Set(all.flatMap(({ id, address }) => [id, address])).size !== 2 * all.length)
    throw new BackupRefusal('damaged');
  return { identities, guests, settings: settings.success ? settings.data : defaultSettings };
}

/** The certification of a guest's key has to be renewed as that of an identity. */
function toGuest(record: z.output<typeof GuestRecord>): GuestBackup {
  const { key, lastUsedAt, agreement, ...guest } = record;
  return {
    ...guest,
    agreement: { quota: agreement.quota, ...present({ endsAt: agreement.endsAt }) },
    ...present({ lastUsedAt, key: key && { ...key, certifiedAt: 0 } }),
  };
}

function toRetired({ publicKey, ...retired }: z.output<typeof RetiredRecord>): VaultIdentity['retired'][number] {
  return publicKey === undefined ? retired : { ...retired, publicKey };
}

/** Looks at the value itself: a Buffer has become something else by its own `toJSON` when it is handed in. */
function octetsAsText(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Uint8Array ? Buffer.from(raw).toString('base64') : value;
}
