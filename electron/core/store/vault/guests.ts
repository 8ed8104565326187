import { PosthornError } from '../../../../shared/errors';
import type { Fingerprint, IdentityId, MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { GuestKey, Guests, GuestSecrets, KeptGuest } from '../../ports/storage/guests';
import type { Events } from '../../ports/runtime';
import type { MailStore } from '../../ports/storage/mail-store';
import { fromBlob, toBlob, type SqlConnection } from '../sql/sql-connection';
import type { Writer } from '../sql/transaction';

/** What identifies a mail database to the one who opens it. */
export type MailPlace = {
  readonly id: IdentityId;
  readonly address: MailAddress;
  readonly databaseKey: Uint8Array;
};

type Context = {
  readonly sql: SqlConnection;
  readonly writer: Writer;
  readonly makeMail: (place: MailPlace) => void;
  readonly openMail: (place: MailPlace, events: Pick<Events, 'publish'>) => MailStore;
  /** Clears what was deleted from the file of the vault, then deletes the mail of those whom `removals` names. */
  readonly finishRemovals: () => void;
};

/** The guests of a vault. `whileOpen` throws when it is locked. */
export function createGuests(o: Context & { readonly whileOpen: <T>(run: () => T) => T }): Guests {
  const { whileOpen } = o;
  return {
    list: () => whileOpen(() => readGuests(o)),
    onionSeed: (id) => whileOpen(() => readBlob(o, { id, column: 'onion_seed' })),
    add: (guest, secrets) => {
      whileOpen(() => {
        add(o, guest, secrets);
      });
    },
    update: (id, change) => whileOpen(() => update(o, id, change)),
    remove: (id) => whileOpen(() => remove(o, id)),
    openMail: (id, events) => whileOpen(() => open(o, id, events)),
  };
}

type Row = {
  id: IdentityId;
  address: MailAddress;
  name: string;
  created_at: number;
  quota: number;
  ends_at: number | null;
  hash: string;
  last_used_at: number | null;
  public_key: Uint8Array<ArrayBuffer> | null;
  fingerprint: Fingerprint;
  certified_at: number;
  renew_after_ms: number;
};

const SELECT = `
  SELECT id, address, name, created_at, quota, ends_at, hash, last_used_at, public_key, fingerprint, certified_at,
    renew_after_ms
  FROM guests`;

function readGuests({ sql }: Pick<Context, 'sql'>): KeptGuest[] {
  return sql.all<Row>(`${SELECT} ORDER BY row`).map(toGuest);
}

function find({ sql }: Pick<Context, 'sql'>, id: IdentityId): KeptGuest | undefined {
  const row = sql.get<Row>(`${SELECT} WHERE id = $id`, { id });
  return row && toGuest(row);
}

function toGuest(row: Row): KeptGuest {
  return {
    id: row.id,
    address: row.address,
    name: row.name,
    createdAt: row.created_at,
    agreement: { quota: row.quota, ...present({ endsAt: row.ends_at ?? undefined }) },
    hash: row.hash,
    ...present({ lastUsedAt: row.last_used_at ?? undefined, key: toKey(row) }),
  };
}

function toKey(row: Row): GuestKey | undefined {
  if (row.public_key === null) return undefined;
  return {
    publicKey: fromBlob(row.public_key),
    fingerprint: row.fingerprint,
    certifiedAt: row.certified_at,
    renewAfterMs: row.renew_after_ms,
  };
}

function readBlob(
  { sql }: Pick<Context, 'sql'>,
  { id, column }: { readonly id: IdentityId; readonly column: 'onion_seed' | 'database_key' },
): Uint8Array | undefined {
  const row = sql.get<{ octets: Uint8Array<ArrayBuffer> }>(`SELECT ${column} AS octets FROM guests WHERE id = $id`, {
    id,
  });
  return row && fromBlob(row.octets);
}

/** The mail database is made first, as that of an identity: one that is missing later is damage. */
function add({ sql, writer, makeMail }: Context, guest: KeptGuest, { onionSeed, databaseKey }: GuestSecrets): void {
  const { id, address } = guest;
  const isTaken = ['identities', 'guests'].some(
    (table) =>
      sql.get(`SELECT 1 AS one FROM ${table} WHERE address = $address OR id = $id`, { address, id }) !== undefined,
  );
  if (isTaken) throw taken();
  makeMail({ id, address, databaseKey });
  writer.write(() => {
    sql.run(
      `INSERT INTO guests (id, address, name, created_at, quota, ends_at, hash, last_used_at, public_key, fingerprint,
         certified_at, renew_after_ms, onion_seed, database_key)
       VALUES ($id, $address, $name, $createdAt, $quota, $endsAt, $hash, $lastUsedAt, $publicKey, $fingerprint,
         $certifiedAt, $renewAfterMs, $onionSeed, $databaseKey)`,
      {
        id,
        address,
        createdAt: guest.createdAt,
        ...changeable(guest),
        onionSeed: toBlob(onionSeed),
        databaseKey: toBlob(databaseKey),
      },
    );
  });
}

function update(context: Context, id: IdentityId, change: Parameters<Guests['update']>[1]): boolean {
  const { sql, writer } = context;
  return writer.write(() => {
    const before = find(context, id);
    if (!before) return false;
    sql.run(
      `UPDATE guests SET name = $name, quota = $quota, ends_at = $endsAt, hash = $hash, last_used_at = $lastUsedAt,
         public_key = $publicKey, fingerprint = $fingerprint, certified_at = $certifiedAt,
         renew_after_ms = $renewAfterMs
       WHERE id = $id`,
      { id, ...changeable({ ...before, ...change }) },
    );
    return true;
  });
}

/** The columns that may change. */
function changeable({ name, agreement, hash, lastUsedAt, key }: KeptGuest) {
  return {
    name,
    quota: agreement.quota,
    endsAt: agreement.endsAt ?? null,
    hash,
    lastUsedAt: lastUsedAt ?? null,
    publicKey: key ? toBlob(key.publicKey) : null,
    fingerprint: key?.fingerprint ?? null,
    certifiedAt: key?.certifiedAt ?? null,
    renewAfterMs: key?.renewAfterMs ?? null,
  };
}

function remove({ sql, writer, finishRemovals }: Context, id: IdentityId): boolean {
  const wasThere = writer.write(() => {
    if (sql.run('DELETE FROM guests WHERE id = $id', { id }) === 0) return false;
    sql.run('INSERT INTO removals (id) VALUES ($id)', { id });
    return true;
  });
  if (wasThere) finishRemovals();
  return wasThere;
}

function open(context: Context, id: IdentityId, events: Pick<Events, 'publish'>): MailStore {
  const guest = find(context, id);
  const databaseKey = readBlob(context, { id, column: 'database_key' });
  if (!guest || !databaseKey) throw unknown();
  return context.openMail({ id, address: guest.address, databaseKey }, events);
}

function taken(): PosthornError {
  return new PosthornError('invalid-call', 'This address is in the profile already. No guest was added.');
}

function unknown(): PosthornError {
  return new PosthornError('identity-unknown', 'This guest is no longer in the profile. Nothing was changed.');
}
