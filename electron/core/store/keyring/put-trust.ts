import { isDeepStrictEqual } from 'node:util';
import type { ContactId, Fingerprint } from '../../../../shared/ids';
import type { ContactRow } from '../contacts/contact-rows';
import { readStanding } from '../contacts/contact-rows';
import { announceContactOf } from '../contacts/contact-store';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { Keyring } from '../../ports/storage/keyring';

type Computed = Parameters<Keyring['putTrust']>[0];

/**
 * Writes what differs from what is stored, and tells of it; keys and contacts that are gone by now are passed over. A
 * certification may be new though no validity is.
 */
export function createPutTrust(parts: StoreParts): Keyring['putTrust'] {
  const { sql, identityId, writer } = parts;
  return (computed) =>
    writer.write((emit) => {
      putValidities(sql, computed.keys);
      putStandings(parts, computed.standings, emit);
      emit({ type: 'trust.changed', identityId });
    });
}

function putValidities(sql: SqlConnection, keys: Computed['keys']): void {
  const rows = sql.all<{ fingerprint: Fingerprint; validity: string; path: string }>(
    'SELECT fingerprint, validity, path FROM ring_keys',
  );
  const stored = new Map(rows.map((row) => [row.fingerprint, row]));
  for (const { fingerprint, validity, path } of keys) {
    const before = stored.get(fingerprint);
    const after = JSON.stringify(path);
    if (before === undefined || (before.validity === validity && before.path === after)) continue;
    sql.run('UPDATE ring_keys SET validity = $validity, path = $path WHERE fingerprint = $fingerprint', {
      fingerprint,
      validity,
      path: after,
    });
  }
}

type StandingRow = Pick<ContactRow, 'id' | 'standing' | 'key_state' | 'added_at'>;

function putStandings(parts: StoreParts, standings: Computed['standings'], emit: Emit): void {
  const { sql } = parts;
  const rows = sql.all<StandingRow>('SELECT id, standing, key_state, added_at FROM contacts');
  const stored = new Map<ContactId, StandingRow>(rows.map((row) => [row.id, row]));
  for (const { contactId: id, standing } of standings) {
    const before = stored.get(id);
    if (before === undefined || isDeepStrictEqual(readStanding(before), standing)) continue;
    sql.run('UPDATE contacts SET standing = $standing WHERE id = $id', { id, standing: JSON.stringify(standing) });
    announceContactOf(parts, id, emit);
  }
}
