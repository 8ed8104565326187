import type { IdentityId, ProgramId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { DeviceKind } from '../../../../shared/programs/device';
import type { MailForm } from '../../../../shared/programs/mail-program';
import type { Devices, KeptDevice } from '../../ports/storage/vault';
import { fromBlob, toBlob, type SqlConnection } from '../sql/sql-connection';
import type { Writer } from '../sql/transaction';
import { recordWipe } from './vault-wipe';

type Row = {
  id: ProgramId;
  name: string;
  kind: DeviceKind;
  form: MailForm;
  created_at: number;
  last_used_at: number | null;
  hash: string;
  client_key: string;
};

/** The devices of a vault. `whileOpen` throws when it is locked; `wipe` clears what was deleted from the file. */
export function createDevices(o: {
  readonly sql: SqlConnection;
  readonly writer: Writer;
  readonly whileOpen: <T>(run: () => T) => T;
  readonly wipe: () => void;
}): Devices {
  const { sql, writer, whileOpen, wipe } = o;
  return {
    list: () => whileOpen(() => readDevices(sql)),
    onionSeed: (id) => whileOpen(() => readSeed(sql, id)),
    add: (device, onionSeed) =>
      whileOpen(() => {
        writer.write(() => {
          put(sql, device, onionSeed);
        });
      }),
    remove: (id) =>
      whileOpen(() => {
        const wasThere = writer.write(() => {
          const isDeleted = sql.run('DELETE FROM devices WHERE id = $id', { id }) > 0;
          if (isDeleted) recordWipe(sql);
          return isDeleted;
        });
        if (wasThere) wipe();
        return wasThere;
      }),
    used: ({ id, at }) =>
      whileOpen(() => {
        writer.write(() => sql.run('UPDATE devices SET last_used_at = $at WHERE id = $id', { id, at }));
      }),
  };
}

function readDevices(sql: SqlConnection): KeptDevice[] {
  const rows = sql.all<Row>(
    'SELECT id, name, kind, form, created_at, last_used_at, hash, client_key FROM devices ORDER BY row',
  );
  const links = sql.all<{ device_id: ProgramId; identity_id: IdentityId }>(
    'SELECT device_id, identity_id FROM device_identities JOIN identities ON id = identity_id ORDER BY row',
  );
  return rows.map(({ id, name, kind, form, hash, ...row }) => ({
    id,
    name,
    kind,
    form,
    hash,
    clientKey: row.client_key,
    identityIds: links.filter(({ device_id }) => device_id === id).map(({ identity_id }) => identity_id),
    createdAt: row.created_at,
    ...present({ lastUsedAt: row.last_used_at ?? undefined }),
  }));
}

function readSeed(sql: SqlConnection, id: ProgramId): Uint8Array | undefined {
  const row = sql.get<{ onion_seed: Uint8Array<ArrayBuffer> }>('SELECT onion_seed FROM devices WHERE id = $id', { id });
  return row && fromBlob(row.onion_seed);
}

function put(sql: SqlConnection, device: KeptDevice, onionSeed: Uint8Array): void {
  const { id, name, kind, form, createdAt, hash, clientKey, identityIds } = device;
  sql.run(
    `INSERT INTO devices (id, name, kind, form, created_at, hash, client_key, onion_seed)
     VALUES ($id, $name, $kind, $form, $createdAt, $hash, $clientKey, $onionSeed)`,
    { id, name, kind, form, createdAt, hash, clientKey, onionSeed: toBlob(onionSeed) },
  );
  for (const identityId of new Set(identityIds)) {
    sql.run('INSERT INTO device_identities (device_id, identity_id) VALUES ($id, $identityId)', { id, identityId });
  }
}
