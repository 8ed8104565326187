import type { BackupContents, BackupOutcome, BackupProgress } from '../../../../shared/backup';
import { PosthornError } from '../../../../shared/errors';
import { BackupId } from '../../../../shared/ids';
import type { BackupFile } from '../../ports/storage/backups';
import type { ProfileSession } from './profile-session';
import type { Services } from '../mailbox';

type Receiving = Awaited<ReturnType<Services['backups']['receive']>>;

/** A backup file under way: one that was written here, or one that is being received. */
type Kept = { readonly file: BackupFile; written: number; readonly receiving?: Receiving; turn: Promise<unknown> };

/** Most files that are kept at once. A window that was closed never discards its files, so the oldest is deleted. */
const MAX_FILES = 4;

type Of = { readonly backupId: BackupId };

/** The backups under way and their files, by id: windows and command lines are never told a path. */
export class BackupDesk {
  readonly #files = new Map<BackupId, Kept>();

  constructor(
    private readonly services: Pick<Services, 'backups' | 'random' | 'events'>,
    private readonly session: ProfileSession,
  ) {}

  /** Writes a backup of the open profile; `size` in octets. Throws `profile-locked`, `disk-full`. */
  async create(o: {
    passphrase: string;
    withMail: boolean;
  }): Promise<{ backupId: BackupId; size: number; contents: BackupContents }> {
    const { backups } = this.services;
    const { contents, ...file } = await backups.create({
      ...o,
      source: this.session.backupSource(),
      progressed: this.#progressed,
    });
    return {
      backupId: await this.#keep({ file, written: file.size, turn: Promise.resolve() }),
      size: file.size,
      contents,
    };
  }

  /** Octets of the file from `offset` on; empty at the end. Throws `backup-unknown`. */
  read({ backupId, offset }: Of & { offset: number }): Promise<Uint8Array> {
    return this.services.backups.read(this.#require(backupId).file, offset);
  }

  /** Begins to receive a backup file of `size` octets. Throws `disk-full` when it does not fit. */
  async open({ size }: { size: number }): Promise<Of> {
    const receiving = await this.services.backups.receive({ size });
    return {
      backupId: await this.#keep({
        file: { path: receiving.path, size },
        written: 0,
        receiving,
        turn: Promise.resolve(),
      }),
    };
  }

  /**
   * Adds the next piece of a file; pieces are written in the order in which they are sent. Throws `backup-unknown`, and
   * `invalid-call` past the size that was announced.
   */
  write({ backupId, piece }: Of & { piece: Uint8Array }): Promise<void> {
    const kept = this.#require(backupId);
    return inTurn(kept, async () => {
      if (kept.receiving === undefined || kept.written + piece.length > kept.file.size) {
        throw new PosthornError(
          'invalid-call',
          'The backup file is larger than its announced size, or is complete already. Nothing was restored; open it again.',
        );
      }
      kept.written += piece.length;
      await kept.receiving.write(piece);
    });
  }

  /** «Test my backup»: changes nothing in this profile. Throws `backup-unknown`. */
  test({ backupId, passphrase }: Of & { passphrase: string }): Promise<BackupOutcome> {
    return this.#whenWhole(backupId, ({ path }) =>
      this.services.backups.test({ path, passphrase, progressed: this.#progressed }),
    );
  }

  /** Makes this new profile from the backup. Throws `backup-unknown`, `profile-exists`. */
  restore({
    backupId,
    passphrase,
    profilePassphrase,
  }: Of & { passphrase: string; profilePassphrase: string }): Promise<BackupOutcome> {
    return this.#whenWhole(backupId, ({ path }) =>
      this.session.restore(profilePassphrase, (use) =>
        this.services.backups.restore({ path, passphrase, progressed: this.#progressed, use }),
      ),
    );
  }

  /** Deletes a backup file when its last step has ended. Throws `backup-unknown`. */
  async discard(backupId: BackupId): Promise<void> {
    const kept = this.#require(backupId);
    this.#files.delete(backupId);
    await inTurn(kept, () => this.services.backups.discard(kept.file.path));
  }

  readonly #progressed = (progress: BackupProgress): void => {
    this.services.events.publish({ type: 'backup.progressed', progress });
  };

  #whenWhole(backupId: BackupId, work: (file: BackupFile) => Promise<BackupOutcome>): Promise<BackupOutcome> {
    const kept = this.#require(backupId);
    return inTurn(kept, () =>
      kept.written < kept.file.size
        ? Promise.resolve({ outcome: 'refused', problem: 'incomplete' } as const)
        : work(kept.file),
    );
  }

  async #keep(kept: Kept): Promise<BackupId> {
    const [oldest] = this.#files.keys();
    if (oldest !== undefined && this.#files.size >= MAX_FILES) await this.discard(oldest);
    const backupId = BackupId.parse(this.services.random.uuid());
    this.#files.set(backupId, kept);
    return backupId;
  }

  #require(backupId: BackupId): Kept {
    const kept = this.#files.get(backupId);
    if (kept) return kept;
    throw new PosthornError(
      'backup-unknown',
      'This backup is no longer open. Make it or open it again; nothing was changed.',
    );
  }
}

function inTurn<T>(kept: Kept, step: () => Promise<T>): Promise<T> {
  const next = kept.turn.then(step);
  kept.turn = next.catch(() => undefined);
  return next;
}
