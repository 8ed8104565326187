import type { Fingerprint, IdentityId, MailAddress } from '../../../../shared/ids';
import type { IdentityColour } from '../../../../shared/identity';
import { defaultKeyPolicy, KeyPolicy } from '../../../../shared/key-life';
import { defaultSettings, Settings } from '../../../../shared/settings';
import type { RetiredSecret } from '../../ports/keys';
import type { VaultIdentity } from '../../ports/storage/vault';
import { readRetired } from './retired-keys';
import type { SqlConnection } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';

type IdentityRow = {
  id: IdentityId;
  address: MailAddress;
  label: string;
  colour: IdentityColour;
  paused: number;
  created_at: number;
  onion_seed: Uint8Array<ArrayBuffer>;
  secret_key: Uint8Array<ArrayBuffer>;
  public_key: Uint8Array<ArrayBuffer>;
  fingerprint: Fingerprint;
  certified_at: number;
  renew_after_ms: number;
  database_key: Uint8Array<ArrayBuffer>;
  key_policy: string;
  subkey_made_at: number;
  rotation_share: number;
  revoked: number;
  shows_vouchers: number;
  may_be_elsewhere: number;
};

/** In the order in which they were added. */
export function readIdentities(sql: SqlConnection): VaultIdentity[] {
  return sql.all<IdentityRow>(SELECT_IDENTITIES).map((row) => toIdentity(row, readRetired(sql, row.id)));
}

const SELECT_IDENTITIES = `
  SELECT id, address, label, colour, paused, created_at, onion_seed, secret_key, public_key, fingerprint, certified_at, database_key,
    renew_after_ms, key_policy, subkey_made_at, rotation_share, revoked, shows_vouchers, may_be_elsewhere
  FROM identities ORDER BY row`;

const PUT_IDENTITY = `
  INSERT INTO identities (id, address, label, colour, paused, created_at, onion_seed, secret_key, public_key, fingerprint,
    certified_at, renew_after_ms, database_key, key_policy, subkey_made_at, rotation_share, revoked, shows_vouchers,
    may_be_elsewhere)
  VALUES ($id, $address, $label, $colour, $paused, $createdAt, $onionSeed, $secretKey, $publicKey, $fingerprint,
    $certifiedAt, $renewAfterMs, $databaseKey, $keyPolicy, $subkeyMadeAt, $rotationShare, $revoked, $showsVouchers,
    $mayBeElsewhere)
  ON CONFLICT (id) DO UPDATE SET label = $label, colour = $colour, paused = $paused, secret_key = $secretKey,
    public_key = $publicKey, fingerprint = $fingerprint, certified_at = $certifiedAt, renew_after_ms = $renewAfterMs,
    key_policy = $keyPolicy, subkey_made_at = $subkeyMadeAt, rotation_share = $rotationShare, revoked = $revoked, shows_vouchers = $showsVouchers, may_be_elsewhere = $mayBeElsewhere`;

/** All but the retired keys, which have a table of their own. */
export function putIdentity(sql: SqlConnection, identity: VaultIdentity): void {
  sql.run(PUT_IDENTITY, {
    id: identity.id,
    address: identity.address,
    label: identity.label,
    colour: identity.colour,
    paused: Number(identity.paused),
    createdAt: identity.createdAt,
    onionSeed: toBlob(identity.onionSeed),
    secretKey: toBlob(identity.keys.secretKey),
    publicKey: toBlob(identity.keys.publicKey),
    fingerprint: identity.keys.fingerprint,
    certifiedAt: identity.certifiedAt,
    renewAfterMs: identity.renewAfterMs,
    databaseKey: toBlob(identity.databaseKey),
    keyPolicy: JSON.stringify(identity.keyPolicy),
    subkeyMadeAt: identity.subkeyMadeAt,
    rotationShare: identity.rotationShare,
    revoked: Number(identity.revoked),
    showsVouchers: Number(identity.showsVouchers),
    mayBeElsewhere: Number(identity.mayBeElsewhere),
  });
}

/**
 * Settings an older version wrote are completed with today's defaults; ones that no longer fit are replaced by them.
 */
export function readSettings(sql: SqlConnection): Settings {
  const json = sql.get<{ json: string }>('SELECT json FROM settings WHERE id = 1')?.json;
  if (json === undefined) return defaultSettings;
  const parsed = Settings.safeParse({ ...defaultSettings, ...(JSON.parse(json) as Partial<Settings>) });
  return parsed.success ? parsed.data : defaultSettings;
}

export function writeSettings(sql: SqlConnection, settings: Settings): void {
  sql.run('INSERT INTO settings (id, json) VALUES (1, $json) ON CONFLICT DO UPDATE SET json = $json', {
    json: JSON.stringify(settings),
  });
}

function toIdentity(row: IdentityRow, retired: readonly RetiredSecret[]): VaultIdentity {
  return {
    id: row.id,
    address: row.address,
    label: row.label,
    colour: row.colour,
    paused: row.paused === 1,
    createdAt: row.created_at,
    onionSeed: fromBlob(row.onion_seed),
    keys: { secretKey: fromBlob(row.secret_key), publicKey: fromBlob(row.public_key), fingerprint: row.fingerprint },
    certifiedAt: row.certified_at,
    renewAfterMs: row.renew_after_ms,
    databaseKey: fromBlob(row.database_key),
    keyPolicy: readPolicy(row.key_policy),
    subkeyMadeAt: row.subkey_made_at,
    rotationShare: row.rotation_share,
    retired,
    revoked: row.revoked === 1,
    showsVouchers: row.shows_vouchers === 1,
    mayBeElsewhere: row.may_be_elsewhere === 1,
  };
}

/** A policy that no longer parses is replaced by the one that destroys nothing. */
function readPolicy(json: string): KeyPolicy {
  const parsed = KeyPolicy.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : defaultKeyPolicy;
}
