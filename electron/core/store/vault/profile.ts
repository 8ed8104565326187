import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PosthornError } from '../../../../shared/errors';
import { present } from '../../../../shared/present';
import type { Clock, Events, Log, Random } from '../../ports/runtime';
import type { Profile, Vault, VaultUnlock } from '../../ports/storage/vault';
import { syncDirectory } from '../files/atomic-file';
import { copyMail } from '../backup/backup-copy';
import type { CopyMail, MailCopy } from '../backup/backup-copy';
import { beginRestore, clearUnfinishedRestore, endRestore } from '../backup/backup-restore';
import { identityFiles } from '../files/identity-files';
import type { IdentityFiles } from '../files/identity-files';
import { DATABASE_KEY_BYTES, openDatabase } from '../sql/open-database';
import { holdProfileLock } from '../files/profile-lock';
import { toStoreError } from '../sql/store-error';
import { afterFailure, asOf, NO_FAILURES } from './unlock-delay';
import { createVault } from './vault';
import type { VaultFile } from './vault-file';
import { lockVaultKey, openVaultKey, readVaultFile, writeVaultFile } from './vault-file';
import type { KdfParameters } from './vault-key';
import { DEFAULT_KDF, zero } from './vault-key';
import { vaultMigrations } from '../migrations/vault-schema';

export type { KdfParameters } from './vault-key';

export type OpenProfile = {
  readonly directory: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'bytes'>;
  /** Where the mail stores of this profile publish. */
  readonly events: Pick<Events, 'publish'>;
  /** Cost of new passphrases; tests may take a cheaper one. */
  readonly kdf?: KdfParameters;
  readonly log?: Log;
  /** Called before a database of an older version is brought up to date, which can take minutes. */
  readonly migrating?: () => void;
  /** Copies a mail database for a backup; by default in this thread. */
  readonly copyMail?: (o: CopyMail) => Promise<MailCopy>;
};

/**
 * Takes the profile in `directory` (made with mode 0700) for this process. Throws `profile-in-use` when another has it,
 * and `profile-damaged` when its vault file is missing though there is mail, or cannot be read; nothing is overwritten
 * then.
 */
export function openProfile(o: OpenProfile): Profile {
  prepareDirectory(o.directory);
  const lock = holdProfileLock(join(o.directory, 'profile.lock'));
  try {
    const session = new OpenedProfile(o);
    return {
      state: () => session.state(),
      create: (passphrase, fill) => session.inTurn(() => session.create(passphrase, fill)),
      unlock: (passphrase) => session.inTurn(() => session.unlock(passphrase)),
      changePassphrase: (change) => session.inTurn(() => session.changePassphrase(change)),
      close: () => {
        session.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

class OpenedProfile {
  readonly #o: OpenProfile;
  readonly #files: IdentityFiles;
  #file: VaultFile | undefined;
  #vault: Vault | undefined;
  #closed = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(o: OpenProfile) {
    this.#o = o;
    this.#files = identityFiles(o.directory);
    clearUnfinishedRestore(o.directory);
    this.#file = readVaultFile(this.#path('vault.json'));
    if (this.#file === undefined && this.#files.any()) throw lostVaultFile();
  }

  /** One passphrase at a time, so that many tries at once cannot get around the delay. */
  inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => {
      if (this.#closed) throw closedProfile();
      return run();
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  state(): ReturnType<Profile['state']> {
    if (this.#file === undefined) return { state: 'new' };
    const now = this.#o.clock.now();
    const { retryAt } = asOf(this.#file, now);
    return retryAt > now ? { state: 'locked', retryAt } : { state: 'locked' };
  }

  /** `vault.db` is whole before `vault.json` tells of it; what a crash in between leaves holds nothing yet. */
  async create(passphrase: string, fill?: (vault: Vault) => void): Promise<Vault> {
    if (this.#file !== undefined)
      throw new PosthornError('profile-exists', 'This profile exists already. Unlock it with its passphrase.');
    const { random, kdf = DEFAULT_KDF } = this.#o;
    const vaultKey = random.bytes(DATABASE_KEY_BYTES);
    const file = await lockVaultKey({ vaultKey, passphrase, kdf, bytes: (length) => random.bytes(length) });
    this.#createDatabase(vaultKey);
    if (fill === undefined) this.#write(file);
    else this.#fill({ vaultKey, file, fill });
    return this.#enter(vaultKey);
  }

  /** `vault.json` is what makes the profile exist: everything that was restored is in its place before. */
  #fill({ vaultKey, file, fill }: { vaultKey: Uint8Array; file: VaultFile; fill: (vault: Vault) => void }): void {
    const { directory } = this.#o;
    beginRestore(directory);
    try {
      this.#vault = this.#openVault(vaultKey);
      fill(this.#vault);
      this.#write(file);
    } catch (error) {
      this.#vault?.lock();
      zero(vaultKey);
      clearUnfinishedRestore(directory);
      throw error;
    }
    endRestore(directory);
  }

  async unlock(passphrase: string): Promise<VaultUnlock> {
    const tried = await this.#try(passphrase);
    if (tried.outcome !== 'right') return tried;
    return { outcome: 'unlocked', vault: this.#enter(tried.vaultKey) };
  }

  async changePassphrase({ current, next }: { current: string; next: string }): Promise<VaultUnlock> {
    const tried = await this.#try(current);
    if (tried.outcome !== 'right') return tried;
    const { random, kdf = DEFAULT_KDF } = this.#o;
    this.#write(
      await lockVaultKey({ vaultKey: tried.vaultKey, passphrase: next, kdf, bytes: (length) => random.bytes(length) }),
    );
    return { outcome: 'unlocked', vault: this.#enter(tried.vaultKey) };
  }

  close(): void {
    this.#closed = true;
    this.#vault?.lock();
  }

  async #try(
    passphrase: string,
  ): Promise<{ outcome: 'right'; vaultKey: Uint8Array } | { outcome: 'wrong' | 'delayed'; retryAt: number }> {
    const file = this.#current();
    if (file.retryAt > this.#o.clock.now()) return { outcome: 'delayed', retryAt: file.retryAt };
    const vaultKey = await openVaultKey(file, passphrase);
    if (vaultKey === undefined) {
      const failed = afterFailure(file, this.#o.clock.now());
      this.#write({ ...file, ...failed });
      return { outcome: 'wrong', retryAt: failed.retryAt };
    }
    if (file.failures > 0) this.#write({ ...file, ...NO_FAILURES });
    return { outcome: 'right', vaultKey };
  }

  /** The vault file as of now; a wait that the clock stretched is cut, and the cut is kept. */
  #current(): VaultFile {
    if (this.#file === undefined)
      throw new PosthornError('profile-locked', 'There is no profile here yet. Create one first.');
    const current = { ...this.#file, ...asOf(this.#file, this.#o.clock.now()) };
    if (current.retryAt !== this.#file.retryAt) this.#write(current);
    return current;
  }

  /** The open vault when there is one: two of them would not see each other's changes. */
  #enter(vaultKey: Uint8Array): Vault {
    try {
      if (this.#closed) throw closedProfile();
      this.#vault ??= this.#openVault(vaultKey);
      return this.#vault;
    } finally {
      zero(vaultKey);
    }
  }

  #openVault(vaultKey: Uint8Array): Vault {
    const { events, log, migrating, copyMail: copy = copyHere } = this.#o;
    const sql = openVaultDatabase({ path: this.#path('vault.db'), key: vaultKey, mode: 'existing' });
    const locked = (): void => {
      this.#vault = undefined;
    };
    try {
      return createVault({
        sql,
        files: this.#files,
        events,
        locked,
        copyMail: copy,
        ...present({ log, migrating }),
      });
    } catch (error) {
      sql.close();
      throw error;
    }
  }

  #createDatabase(vaultKey: Uint8Array): void {
    const temporary = this.#path('vault.db.new');
    try {
      // Left by a start that never got to vault.json: no identity is in it.
      for (const name of ['vault.db', 'vault.db.new']) clearDatabase(this.#path(name));
      openVaultDatabase({ path: temporary, key: vaultKey, mode: 'create' }).close();
      renameSync(temporary, this.#path('vault.db'));
      syncDirectory(this.#o.directory);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  #write(file: VaultFile): void {
    writeVaultFile(this.#path('vault.json'), file);
    this.#file = file;
  }

  #path(name: string): string {
    return join(this.#o.directory, name);
  }
}

function openVaultDatabase(o: {
  path: string;
  key: Uint8Array;
  mode: 'create' | 'existing';
}): ReturnType<typeof openDatabase> {
  try {
    return openDatabase({ ...o, migrations: vaultMigrations });
  } catch (error) {
    if (!(error instanceof PosthornError) || error.code !== 'store-damaged') throw error;
    throw new PosthornError(
      'profile-damaged',
      'The file vault.db of this profile is damaged or missing. It was left as it is; put back a copy from a backup.',
      {
        cause: error,
      },
    );
  }
}

function copyHere(o: CopyMail): Promise<MailCopy> {
  return Promise.resolve(copyMail(o));
}

function prepareDirectory(directory: string): void {
  try {
    if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (error) {
    throw toStoreError(error);
  }
}

function clearDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

function closedProfile(): PosthornError {
  return new PosthornError('profile-locked', 'The profile was closed. Nothing was changed.');
}

function lostVaultFile(): PosthornError {
  return new PosthornError(
    'profile-damaged',
    'The file vault.json of this profile is missing, and without it the mail beside it cannot be opened. Nothing was changed; put back a copy of it from a backup.',
  );
}
