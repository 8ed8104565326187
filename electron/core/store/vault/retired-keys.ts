import type { Fingerprint, IdentityId } from '../../../../shared/ids';
import type { RetiredSecret } from '../../ports/keys';
import type { SqlConnection } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';

type RetiredRow = {
  fingerprint: Fingerprint;
  kind: 'subkey' | 'key';
  retired_at: number;
  secret_key: Uint8Array<ArrayBuffer>;
  public_key: Uint8Array<ArrayBuffer> | null;
};

/** In the order in which they were given: newest first. */
export function readRetired(sql: SqlConnection, identityId: IdentityId): RetiredSecret[] {
  const query =
    'SELECT fingerprint, kind, retired_at, secret_key, public_key FROM retired_keys WHERE identity_id = $identityId ORDER BY row';
  return sql.all<RetiredRow>(query, { identityId }).map((row) => ({
    fingerprint: row.fingerprint,
    kind: row.kind,
    retiredAt: row.retired_at,
    secretKey: fromBlob(row.secret_key),
    ...(row.public_key === null ? {} : { publicKey: fromBlob(row.public_key) }),
  }));
}

/** The whole list anew. */
export function putRetired(sql: SqlConnection, identityId: IdentityId, retired: readonly RetiredSecret[]): void {
  sql.run('DELETE FROM retired_keys WHERE identity_id = $identityId', { identityId });
  for (const { fingerprint, kind, retiredAt, secretKey, publicKey } of retired) {
    sql.run(
      `INSERT INTO retired_keys (identity_id, fingerprint, kind, retired_at, secret_key, public_key)
       VALUES ($identityId, $fingerprint, $kind, $retiredAt, $secretKey, $publicKey)`,
      {
        identityId,
        fingerprint,
        kind,
        retiredAt,
        secretKey: toBlob(secretKey),
        publicKey: publicKey === undefined ? null : toBlob(publicKey),
      },
    );
  }
}
