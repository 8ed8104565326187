import type { Fingerprint } from '../../../../shared/ids';
import { fromBlob, toBlob } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Keyring } from '../../ports/storage/keyring';

type ReplacedKeys = Pick<Keyring, 'history' | 'recordReplaced' | 'replaced'>;

/** Keys that addresses had before; a key that is replaced a second time is recorded with the later time. */
export function createReplacedKeys({ sql, writer }: StoreParts): ReplacedKeys {
  return {
    history: (address) =>
      sql
        .all<{ fingerprint: Fingerprint; replaced_at: number }>(
          'SELECT fingerprint, replaced_at FROM replaced_keys WHERE address = $address ORDER BY replaced_at DESC, row DESC',
          { address },
        )
        .map((row) => ({ fingerprint: row.fingerprint, replacedAt: row.replaced_at })),
    recordReplaced: ({ address, fingerprint, publicKey, replacedAt, standing }) =>
      writer.write(() =>
        sql.run(NOTE_REPLACED, {
          address,
          fingerprint,
          replacedAt,
          publicKey: toBlob(publicKey),
          standing: JSON.stringify(standing),
        }),
      ),
    replaced: (fingerprint) => {
      const query =
        'SELECT public_key FROM replaced_keys WHERE fingerprint = $fingerprint ORDER BY replaced_at DESC LIMIT 1';
      const row = sql.get<{ public_key: Uint8Array<ArrayBuffer> }>(query, { fingerprint });
      return row === undefined ? undefined : fromBlob(row.public_key);
    },
  };
}

const NOTE_REPLACED = `
  INSERT INTO replaced_keys (address, fingerprint, replaced_at, public_key, standing)
  VALUES ($address, $fingerprint, $replacedAt, $publicKey, $standing)
  ON CONFLICT (address, fingerprint) DO UPDATE
    SET replaced_at = max(replaced_at, $replacedAt), public_key = $publicKey, standing = $standing`;
