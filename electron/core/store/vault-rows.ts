import type { Fingerprint, IdentityId, MailAddress } from '../../../shared/ids';
import type { IdentityColour } from '../../../shared/identity';
import { defaultSettings, Settings } from '../../../shared/settings';
import type { VaultIdentity } from '../ports';
import type { SqlConnection } from './sql-connection';
import { fromBlob, toBlob } from './sql-connection';

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
  database_key: Uint8Array<ArrayBuffer>;
};

/** In the order in which they were added. */
export function readIdentities(sql: SqlConnection): VaultIdentity[] {
  return sql
    .all<IdentityRow>(
      `SELECT id, address, label, colour, paused, created_at, onion_seed, secret_key, public_key, fingerprint, certified_at, database_key
       FROM identities ORDER BY row`,
    )
    .map(toIdentity);
}

export function putIdentity(sql: SqlConnection, identity: VaultIdentity): void {
  sql.run(
    `INSERT INTO identities (id, address, label, colour, paused, created_at, onion_seed, secret_key, public_key, fingerprint,
       certified_at, database_key)
     VALUES ($id, $address, $label, $colour, $paused, $createdAt, $onionSeed, $secretKey, $publicKey, $fingerprint,
       $certifiedAt, $databaseKey)
     ON CONFLICT (id) DO UPDATE SET label = $label, colour = $colour, paused = $paused, secret_key = $secretKey,
       public_key = $publicKey, fingerprint = $fingerprint, certified_at = $certifiedAt`,
    {
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
      databaseKey: toBlob(identity.databaseKey),
    },
  );
}

/** Settings an older version wrote are completed with today's defaults; ones that no longer fit are replaced by them. */
export function readSettings(sql: SqlConnection): Settings {
  const json = sql.get<{ json: string }>('SELECT json FROM settings WHERE id = 1')?.json;
  if (json === undefined) return defaultSettings;
  const parsed = Settings.safeParse({ ...defaultSettings, ...(JSON.parse(json) as Partial<Settings>) });
  return parsed.success ? parsed.data : defaultSettings;
}

export function writeSettings(sql: SqlConnection, settings: Settings): void {
  sql.run('INSERT INTO settings (id, json) VALUES (1, $json) ON CONFLICT DO UPDATE SET json = $json', { json: JSON.stringify(settings) });
}

function toIdentity(row: IdentityRow): VaultIdentity {
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
    databaseKey: fromBlob(row.database_key),
  };
}
