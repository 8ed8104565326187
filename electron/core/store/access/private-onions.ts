import { PosthornError } from '../../../../shared/errors';
import type { ContactId, OnionHost } from '../../../../shared/ids';
import type { ContactOnion, OwnPrivateOnion } from '../../ports/storage/custody-records';
import { announceContactOf, requireContact } from '../contacts/contact-store';
import type { SqlConnection } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { PrivateOnions } from '../../ports/storage/private-onions';

/** Our own private onions with the contacts that each admits, and the private onions of contacts. */
export function createPrivateOnions(parts: StoreParts): PrivateOnions {
  const { sql, writer } = parts;
  return {
    isPrivate: () => sql.get(`SELECT 1 AS one FROM switches WHERE name = 'private' AND is_on = 1`) !== undefined,
    setPrivate: (isPrivate) => writer.write(() => sql.run(SET_PRIVATE, { isOn: Number(isPrivate) })),
    own: () => ownPrivateOnions(sql),
    add: (seed) =>
      writer.write(() =>
        sql.run('INSERT INTO own_doors (seed) VALUES ($seed) ON CONFLICT DO NOTHING', { seed: toBlob(seed) }),
      ),
    remove: (seed) => writer.write(() => sql.run('DELETE FROM own_doors WHERE seed = $seed', { seed: toBlob(seed) })),
    admit: (o) =>
      writer.write(() => {
        admit(sql, o);
      }),
    shutOut: (contactId) =>
      writer.write(() => sql.run('DELETE FROM admissions WHERE contact_id = $contactId', { contactId })),
    ofContact: (contactId) =>
      sql.all<PrivateOnionRow>(`${SELECT_DOORS} AND contact_id = $contactId`, { contactId }).map(toPrivateOnion)[0]
        ?.door,
    putOfContact: (o) =>
      writer.write((emit) => {
        putContactOnion(parts, o, emit);
      }),
    ofContacts: () => sql.all<PrivateOnionRow>(`${SELECT_DOORS} ORDER BY contact_id`).map(toPrivateOnion),
  };
}

const SET_PRIVATE = `INSERT INTO switches (name, is_on) VALUES ('private', $isOn) ON CONFLICT DO UPDATE SET is_on = $isOn`;

type OwnPrivateOnionRow = { row: number; seed: Uint8Array<ArrayBuffer> };
type AdmissionRow = { door_row: number; contact_id: ContactId; secret: Uint8Array<ArrayBuffer> };

function ownPrivateOnions(sql: SqlConnection): OwnPrivateOnion[] {
  const admissions = sql.all<AdmissionRow>(
    'SELECT door_row, contact_id, secret FROM admissions ORDER BY door_row, contact_id',
  );
  return sql.all<OwnPrivateOnionRow>('SELECT row, seed FROM own_doors ORDER BY row').map(({ row, seed }) => ({
    seed: fromBlob(seed),
    admitted: admissions
      .filter(({ door_row }) => door_row === row)
      .map(({ contact_id, secret }) => ({ contactId: contact_id, secret: fromBlob(secret) })),
  }));
}

/** One of our onions admits a contact: the last one that they were told. */
function admit(
  sql: SqlConnection,
  { contactId, privateOnionSeed, secret }: Parameters<PrivateOnions['admit']>[0],
): void {
  requireContact(sql, contactId);
  const admitted = sql.run(
    `INSERT INTO admissions (contact_id, door_row, secret) SELECT $contactId, row, $secret FROM own_doors WHERE seed = $seed
     ON CONFLICT DO UPDATE SET door_row = excluded.door_row, secret = excluded.secret`,
    { contactId, seed: toBlob(privateOnionSeed), secret: toBlob(secret) },
  );
  if (admitted === 0)
    throw new PosthornError('invalid-call', 'This way to the identity is closed. Nothing was changed.');
}

type PrivateOnionRow = {
  contact_id: ContactId;
  issued_at: number;
  onion: OnionHost;
  auth_key: Uint8Array<ArrayBuffer>;
};

const SELECT_DOORS = 'SELECT contact_id, issued_at, onion, auth_key FROM doors_to_contacts WHERE onion IS NOT NULL';

function toPrivateOnion(row: PrivateOnionRow): { readonly contactId: ContactId; readonly door: ContactOnion } {
  return {
    contactId: row.contact_id,
    door: { onion: row.onion, authKey: fromBlob(row.auth_key), issuedAt: row.issued_at },
  };
}

/** That a contact has no private onion any more is kept with its time, too: an older message may still arrive later. */
function putContactOnion(
  parts: StoreParts,
  { contactId, door, issuedAt }: Parameters<PrivateOnions['putOfContact']>[0],
  emit: Emit,
): void {
  requireContact(parts.sql, contactId);
  const parameters = {
    contactId,
    issuedAt,
    onion: door?.onion ?? null,
    authKey: door === undefined ? null : toBlob(door.authKey),
  };
  if (parts.sql.run(PUT_DOOR, parameters) === 1) announceContactOf(parts, contactId, emit);
}

const PUT_DOOR = `
  INSERT INTO doors_to_contacts (contact_id, issued_at, onion, auth_key) VALUES ($contactId, $issuedAt, $onion, $authKey)
  ON CONFLICT DO UPDATE SET issued_at = $issuedAt, onion = $onion, auth_key = $authKey WHERE issued_at <= $issuedAt`;
