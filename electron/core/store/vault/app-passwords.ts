import type { IdentityId, ProgramId } from '../../../../shared/ids';
import type { MailForm, ProgramKind } from '../../../../shared/programs/mail-program';
import { present } from '../../../../shared/present';
import type { AppPasswords, KeptProgram } from '../../ports/storage/vault';
import type { SqlConnection } from '../sql/sql-connection';
import type { Writer } from '../sql/transaction';

type Row = {
  id: ProgramId;
  name: string;
  kind: ProgramKind;
  form: MailForm;
  created_at: number;
  last_used_at: number | null;
  hash: string;
};

/** The app passwords of a vault. `whileOpen` throws when it is locked. */
export function createAppPasswords(o: {
  readonly sql: SqlConnection;
  readonly writer: Writer;
  readonly whileOpen: <T>(run: () => T) => T;
}): AppPasswords {
  const { sql, writer, whileOpen } = o;
  return {
    list: () => whileOpen(() => readPrograms(sql)),
    add: (program) =>
      whileOpen(() => {
        writer.write(() => {
          put(sql, program);
        });
      }),
    remove: (id) =>
      whileOpen(() => writer.write(() => sql.run('DELETE FROM app_passwords WHERE id = $id', { id }) > 0)),
    used: ({ id, at }) =>
      whileOpen(() => {
        writer.write(() => sql.run('UPDATE app_passwords SET last_used_at = $at WHERE id = $id', { id, at }));
      }),
  };
}

function readPrograms(sql: SqlConnection): KeptProgram[] {
  const rows = sql.all<Row>(
    'SELECT id, name, kind, form, created_at, last_used_at, hash FROM app_passwords ORDER BY row',
  );
  const links = sql.all<{ program_id: ProgramId; identity_id: IdentityId }>(
    'SELECT program_id, identity_id FROM app_password_identities JOIN identities ON id = identity_id ORDER BY row',
  );
  return rows.map(({ id, name, kind, form, hash, ...row }) => ({
    id,
    name,
    kind,
    form,
    hash,
    identityIds: links.filter(({ program_id }) => program_id === id).map(({ identity_id }) => identity_id),
    createdAt: row.created_at,
    ...present({ lastUsedAt: row.last_used_at ?? undefined }),
  }));
}

function put(sql: SqlConnection, { id, name, kind, form, createdAt, hash, identityIds }: KeptProgram): void {
  sql.run(
    `INSERT INTO app_passwords (id, name, kind, form, created_at, hash)
     VALUES ($id, $name, $kind, $form, $createdAt, $hash)`,
    { id, name, kind, form, createdAt, hash },
  );
  for (const identityId of new Set(identityIds)) {
    sql.run('INSERT INTO app_password_identities (program_id, identity_id) VALUES ($id, $identityId)', {
      id,
      identityId,
    });
  }
}
