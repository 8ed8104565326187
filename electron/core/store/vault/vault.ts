import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { PosthornError } from '../../../../shared/errors';
import type { IdentityId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { MailStore } from '../../ports/storage/mail-store';
import type { Events, Log } from '../../ports/runtime';
import type { Vault, VaultIdentity, VaultIdentityChange } from '../../ports/storage/vault';
import { syncDirectory } from '../files/atomic-file';
import type { CopyMail, MailCopy } from '../backup/backup-copy';
import type { IdentityFiles } from '../files/identity-files';
import { createMailStore } from '../mail-store';
import { createAppPasswords } from './app-passwords';
import { createDevices } from './devices';
import { createGuests, type MailPlace } from './guests';
import { putRetired } from './retired-keys';
import { upgradeMail } from './upgrade-mail';
import type { SqlConnection } from '../sql/sql-connection';
import { toStoreError } from '../sql/store-error';
import { createWriter } from '../sql/transaction';
import type { Writer } from '../sql/transaction';
import { zero } from './vault-key';
import { recordWipe, rewritePages, wipeFreed } from './vault-wipe';
import { putIdentity, readIdentities, readSettings, writeSettings } from './vault-rows';

export type CreateVault = {
  /** The opened `vault.db`; the vault closes it. */
  readonly sql: SqlConnection;
  readonly files: IdentityFiles;
  readonly events: Pick<Events, 'publish'>;
  readonly log?: Log;
  /** Called before a database of an older version is brought up to date, which can take minutes. */
  readonly migrating?: () => void;
  /** Copies a mail database for a backup. */
  readonly copyMail: (o: CopyMail) => Promise<MailCopy>;
  /** Called once, when the vault was locked. */
  readonly locked: () => void;
};

type Context = CreateVault & {
  readonly writer: Writer;
  identities: readonly VaultIdentity[];
  /** Secrets that were replaced. What is under way may still use them, so that they are zeroed with the others. */
  readonly outdated: Set<Uint8Array>;
};

/** An unlocked vault over its database. After `lock` every call throws `profile-locked`. */
export function createVault(o: CreateVault): Vault {
  const context: Context = {
    ...o,
    writer: createWriter({ sql: o.sql, committed: () => undefined }),
    identities: readIdentities(o.sql),
    outdated: new Set(),
  };
  wipeFreed(context);
  finishRemovals(context);
  let open = true;
  const whileOpen = <T>(run: () => T): T => {
    if (!open)
      throw new PosthornError('profile-locked', 'The profile is locked. Unlock it to go on; nothing was changed.');
    return run();
  };
  return {
    identities: () => whileOpen(() => context.identities),
    addIdentity: (identity) => whileOpen(() => add(context, identity)),
    updateIdentity: (id, change) => whileOpen(() => update(context, id, change)),
    removeIdentity: (id) => whileOpen(() => remove(context, id)),
    settings: () => whileOpen(() => readSettings(o.sql)),
    setSettings: (settings) => whileOpen(() => context.writer.write(() => writeSettings(o.sql, settings))),
    appPasswords: createAppPasswords({ sql: o.sql, writer: context.writer, whileOpen }),
    devices: createDevices({
      sql: o.sql,
      writer: context.writer,
      whileOpen,
      wipe: () => {
        wipeFreed(context);
      },
    }),
    upgradeMail: (asked) => whileOpen(() => upgradeMail(context, asked)),
    guests: createGuests({
      sql: o.sql,
      writer: context.writer,
      whileOpen,
      makeMail: (place) => {
        makeMail(context, place);
      },
      openMail: (place, guestEvents) => openMail({ ...context, events: guestEvents }, place),
      finishRemovals: () => {
        finishRemovals(context);
      },
    }),
    openMail: (identity) => whileOpen(() => openMail(context, identity)),
    installIdentity: (restored) => whileOpen(() => install(context, restored)),
    copyMail: ({ identity, ...copy }) =>
      whileOpen(() => o.copyMail({ from: o.files.mailPath(identity.id), key: identity.databaseKey, ...copy })),
    lock: () => {
      if (!open) return;
      open = false;
      forget(context);
      o.locked();
    },
  };
}

/**
 * The mail database is made first: an identity in the vault always has one, so a missing file later is damage. The
 * vault keeps the caller's own arrays of keys, so that `lock` wipes those too.
 */
function add(context: Context, identity: VaultIdentity): void {
  makeMail(context, identity);
  enter(context, identity);
}

function makeMail({ files, events }: Context, { id, databaseKey }: Pick<MailPlace, 'id' | 'databaseKey'>): void {
  files.prepare(id);
  createMailStore({ path: files.mailPath(id), key: databaseKey, identityId: id, events, mode: 'create' }).close();
}

/** The mail moves into place before the vault knows of it, as in `add`. */
function install(context: Context, { identity, mailPath }: Parameters<Vault['installIdentity']>[0]): void {
  const { files, identities } = context;
  if (identities.some(({ id, address }) => id === identity.id || address === identity.address)) {
    throw new PosthornError(
      'invalid-call',
      'An identity with this address is in the profile already. Nothing was changed.',
    );
  }
  files.prepare(identity.id);
  try {
    renameSync(mailPath, files.mailPath(identity.id));
    syncDirectory(dirname(files.mailPath(identity.id)));
  } catch (error) {
    throw toStoreError(error);
  }
  enter(context, identity);
}

function enter(context: Context, identity: VaultIdentity): void {
  const { sql, writer } = context;
  writer.write(() => {
    putIdentity(sql, identity);
    putRetired(sql, identity.id, identity.retired);
    // An identity that was removed and is restored: its mail must not be deleted as a rest of the removal.
    sql.run('DELETE FROM removals WHERE id = $id', { id: identity.id });
  });
  context.identities = [...context.identities, identity];
}

/**
 * A secret that no row holds any more is gone from the file too, with all its traces, or will be at the next unlock.
 */
function update(context: Context, id: IdentityId, change: VaultIdentityChange): void {
  const { sql, writer, outdated } = context;
  const before = find(context, id);
  const changed = { ...before, ...change };
  const kept = secretsOf(changed);
  const destroyed = secretsOf(before).filter((secret) => !kept.some((other) => Buffer.compare(secret, other) === 0));
  writer.write(() => {
    putIdentity(sql, changed);
    if (change.retired !== undefined) putRetired(sql, id, change.retired);
    if (destroyed.length > 0) recordWipe(sql);
  });
  context.identities = context.identities.map((identity) => (identity.id === id ? changed : identity));
  for (const secret of secretsOf(before)) if (!kept.includes(secret)) outdated.add(secret);
  wipeFreed(context);
}

/**
 * From the commit on nothing can read the mail; what may go wrong with its files after it is finished at the next
 * unlock.
 */
function remove(context: Context, id: IdentityId): void {
  const identity = find(context, id);
  const { sql } = context;
  context.writer.write(() => {
    sql.run('DELETE FROM identities WHERE id = $id', { id });
    sql.run('INSERT INTO removals (id) VALUES ($id)', { id });
  });
  context.identities = context.identities.filter((other) => other !== identity);
  wipe(identity);
  finishRemovals(context);
}

/** Clears the removed keys from every page of the vault and its log, then deletes the mail they opened. */
function finishRemovals({ sql, files, writer, log }: Context): void {
  const removals = sql.all<{ id: IdentityId }>('SELECT id FROM removals');
  if (removals.length === 0) return;
  try {
    rewritePages(sql);
    for (const { id } of removals) {
      if (files.remove(id)) writer.write(() => sql.run('DELETE FROM removals WHERE id = $id', { id }));
    }
  } catch {
    log?.warn('vault.removal-unfinished');
  }
}

function openMail({ files, events, log, migrating }: Context, identity: MailPlace): MailStore {
  return createMailStore({
    path: files.mailPath(identity.id),
    key: identity.databaseKey,
    identityId: identity.id,
    address: identity.address,
    events,
    ...present({ log, migrating }),
  });
}

function find({ identities }: Context, id: IdentityId): VaultIdentity {
  const identity = identities.find((one) => one.id === id);
  if (identity === undefined)
    throw new PosthornError('identity-unknown', 'This identity is no longer in the profile. Nothing was changed.');
  return identity;
}

function forget({ identities, outdated, sql }: Context): void {
  identities.forEach(wipe);
  zero(...outdated);
  sql.close();
}

function wipe(identity: VaultIdentity): void {
  zero(identity.onionSeed, identity.databaseKey, ...secretsOf(identity));
}

function secretsOf({ keys, retired }: VaultIdentity): Uint8Array[] {
  return [keys.secretKey, ...retired.map(({ secretKey }) => secretKey)];
}
