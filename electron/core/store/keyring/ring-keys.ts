import { PosthornError } from '../../../../shared/errors';
import type { ContactId, Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Validity } from '../../../../shared/trust';
import { MAX_RING_BYTES, MAX_RING_KEYS } from '../../domain/key-limits';
import type { RingKey } from '../../ports/storage/keyring-records';
import { announceContactOf } from '../contacts/contact-store';
import { parseList } from '../messages/message-summaries';
import type { SqlConnection } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { Keyring } from '../../ports/storage/keyring';

type RingKeys = Pick<Keyring, 'key' | 'keys' | 'putKey' | 'removeKey'>;

/** The keys of one identity's ring. Of an address with several, `ringKey` answers the one its onion certified last. */
export function createRingKeys(parts: StoreParts): RingKeys {
  const { sql, writer } = parts;
  return {
    key: (by) => {
      const where = by.includes('@')
        ? 'address = $by ORDER BY certified_at DESC, row DESC LIMIT 1'
        : 'fingerprint = $by';
      const row = sql.get<RingKeyRow>(`${SELECT_KEYS} WHERE ${where}`, { by });
      return row === undefined ? undefined : toRingKey(row);
    },
    keys: () => sql.all<RingKeyRow>(`${SELECT_KEYS} ORDER BY row`).map(toRingKey),
    putKey: (key) =>
      writer.write((emit) => {
        const before = sql.get<{ revoked: number }>('SELECT revoked FROM ring_keys WHERE fingerprint = $by', {
          by: key.fingerprint,
        });
        put(sql, key);
        if (key.revoked && before?.revoked === 0) tellOfRevoked(parts, key, emit);
      }),
    removeKey: (fingerprint) => writer.write(() => remove(sql, fingerprint)),
  };
}

type RingKeyRow = {
  fingerprint: Fingerprint;
  address: MailAddress;
  key_id: string;
  certified_at: number;
  expires_at: number;
  revoked: number;
  revoked_at: number | null;
  seen_at: number;
  validity: Validity;
  path: string;
  public_key: Uint8Array<ArrayBuffer>;
};

const SELECT_KEYS =
  'SELECT fingerprint, address, key_id, certified_at, expires_at, revoked, revoked_at, seen_at, validity, path, public_key FROM ring_keys';

const PUT_KEY = `
  INSERT INTO ring_keys (fingerprint, address, key_id, certified_at, expires_at, revoked, revoked_at, seen_at, public_key)
  VALUES ($fingerprint, $address, $keyId, $certifiedAt, $expiresAt, $revoked, $revokedAt, $seenAt, $publicKey)
  ON CONFLICT (fingerprint) DO UPDATE SET key_id = $keyId, certified_at = $certifiedAt, expires_at = $expiresAt,
    revoked = $revoked, revoked_at = coalesce(revoked_at, $revokedAt), seen_at = $seenAt, public_key = $publicKey WHERE address = $address`;

const RING = 'SELECT count(*) AS count, coalesce(sum(length(public_key)), 0) AS octets FROM ring_keys';

const CONTACT = 'SELECT 1 AS one FROM contacts WHERE address = $address';

const OCTETS_OF_KEY = 'SELECT length(public_key) AS octets FROM ring_keys WHERE fingerprint = $fingerprint';

/**
 * A key stays under the address that it came with: what was certified of it holds for that one. Contacts always have
 * room, however many keys somebody has sent; so has what is learned of a key that is here, or a full ring would keep
 * a stolen key in force.
 */
function put(sql: SqlConnection, key: Omit<RingKey, 'validity' | 'path'>): void {
  const before = sql.get<{ octets: number }>(OCTETS_OF_KEY, { fingerprint: key.fingerprint })?.octets ?? 0;
  sql.run(PUT_KEY, {
    fingerprint: key.fingerprint,
    address: key.address,
    keyId: key.keyId,
    certifiedAt: key.certifiedAt,
    expiresAt: key.expiresAt,
    revoked: Number(key.revoked),
    revokedAt: key.revokedAt ?? null,
    seenAt: key.seenAt,
    publicKey: toBlob(key.publicKey),
  });
  const isKnown = before > 0 && (key.revoked || key.publicKey.length <= before);
  if (!isKnown && isFull(sql) && sql.get(CONTACT, { address: key.address }) === undefined)
    throw new PosthornError('too-many', 'Your key ring is full. This key was not added; your mail is not affected.');
}

function isFull(sql: SqlConnection): boolean {
  const { count, octets } = sql.get<{ count: number; octets: number }>(RING) ?? { count: 0, octets: 0 };
  return count > MAX_RING_KEYS || octets > MAX_RING_BYTES;
}

/**
 * What was signed by the key is shown otherwise from now on: by its contact, or mail by mail for those who are
 * none.
 */
function tellOfRevoked(
  parts: StoreParts,
  { address, fingerprint }: Pick<RingKey, 'address' | 'fingerprint'>,
  emit: Emit,
): void {
  const { sql, summaries } = parts;
  const contact = sql.get<{ id: ContactId }>('SELECT id FROM contacts WHERE address = $address', { address });
  if (contact !== undefined) announceContactOf(parts, contact.id, emit);
  const changed = summaries.select('WHERE m.signer = $fingerprint AND m.introduced_by IS NOT NULL', { fingerprint });
  for (const message of changed) emit({ type: 'message.changed', message });
}

/** Certifications on the key go with it; those by it cannot be verified until the key is here again. */
function remove(sql: SqlConnection, fingerprint: Fingerprint): void {
  if (sql.run('DELETE FROM ring_keys WHERE fingerprint = $fingerprint', { fingerprint }) === 0) return;
  sql.run('DELETE FROM ring_certifications WHERE subject = $fingerprint', { fingerprint });
  sql.run('UPDATE ring_certifications SET verified = 0 WHERE issuer = $fingerprint AND verified = 1', { fingerprint });
}

function toRingKey(row: RingKeyRow): RingKey {
  return {
    fingerprint: row.fingerprint,
    address: row.address,
    publicKey: fromBlob(row.public_key),
    keyId: row.key_id,
    certifiedAt: row.certified_at,
    expiresAt: row.expires_at,
    revoked: row.revoked === 1,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    seenAt: row.seen_at,
    validity: row.validity,
    path: parseList<MailAddress>(row.path),
  };
}
