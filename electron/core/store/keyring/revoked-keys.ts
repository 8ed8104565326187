import { MAX_REVOKED_KEYS_OF_ADDRESS, MAX_REVOKED_KEYS_OF_STRANGERS } from '../../domain/key-limits';
import type { Keyring } from '../../ports/storage/keyring';
import type { StoreParts } from '../sql/store-parts';

type RevokedKeys = Pick<Keyring, 'isRevoked' | 'recordRevoked'>;

/** Keys that were once seen revoked, also those that no ring and no contact has. */
export function createRevokedKeys({ sql, writer }: StoreParts): RevokedKeys {
  const isRevoked: RevokedKeys['isRevoked'] = (key) => sql.get(FIND, { ...key }) !== undefined;
  return {
    isRevoked,
    recordRevoked: ({ at, ...key }) => {
      if (isRevoked(key)) return;
      writer.write(() => {
        sql.run(NOTE, { ...key, at });
        sql.run(DROP_OF_ADDRESS, { address: key.address, limit: MAX_REVOKED_KEYS_OF_ADDRESS });
        sql.run(DROP_OF_STRANGERS, { limit: MAX_REVOKED_KEYS_OF_STRANGERS });
      });
    },
  };
}

const FIND = 'SELECT 1 AS one FROM revoked_keys WHERE address = $address AND fingerprint = $fingerprint';

const NOTE = 'INSERT INTO revoked_keys (address, fingerprint, seen_at) VALUES ($address, $fingerprint, $at)';

const DROP_OF_ADDRESS = `
  DELETE FROM revoked_keys WHERE row IN (
    SELECT row FROM revoked_keys WHERE address = $address ORDER BY row DESC LIMIT -1 OFFSET $limit)`;

/** What strangers revoke pushes out nothing of a contact's. */
const DROP_OF_STRANGERS = `
  DELETE FROM revoked_keys WHERE row IN (
    SELECT row FROM revoked_keys r WHERE NOT EXISTS (SELECT 1 FROM contacts c WHERE c.address = r.address)
    ORDER BY row DESC LIMIT -1 OFFSET $limit)`;
