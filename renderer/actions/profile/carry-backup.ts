import type { BackupProgress } from '../../../shared/backup';
import { BACKUP_PIECE_BYTES } from '../../../shared/contract/backup-contract';
import { PosthornError } from '../../../shared/errors';
import type { BackupId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import type { BackupStep } from '../../words/backup-words';

/** How far something with a backup is, in octets; without `total` nobody knows the end. */
export type BackupMoment = { readonly step: BackupStep; readonly bytes: number; readonly total?: number | undefined };

/** Who wants to know how far it is, and may stop it. */
export type Watching = { readonly onMoment: (moment: BackupMoment) => void; readonly signal: AbortSignal };

type Core = Pick<Services, 'core'>;
type Kept = { readonly backupId: BackupId };

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(new DOMException('Stopped by the person', 'AbortError'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Waits for `work` no longer than the person does: what the core has begun goes on alone to its end. */
export const unlessAborted = <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> =>
  Promise.race([work, aborted(signal)]);

/**
 * Works with a file that the core keeps for a backup, and has it deleted in the end, also when the person has gone on
 * by then. Throws what the core threw, and an `AbortError` when it was stopped.
 */
export const whileKept = async <Opened extends Kept, Result>(
  { core }: Core,
  { opening, signal }: { readonly opening: Promise<Opened>; readonly signal: AbortSignal },
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> => {
  try {
    return await work(await unlessAborted(opening, signal));
  } finally {
    // The core deletes it by itself when this fails, at the end of the profile’s time.
    void opening.then(({ backupId }) => core.call('backup.discard', { backupId })).catch(() => undefined);
  }
};

/** Tells what the core announces of this work, until it is done. */
export const whileFollowing = async <Result>(
  { core }: Core,
  { step, onMoment }: { readonly step: BackupProgress['work']; readonly onMoment: Watching['onMoment'] },
  work: () => Promise<Result>,
): Promise<Result> => {
  onMoment({ step, bytes: 0 });
  const stop = core.subscribe((event) => {
    if (event.type === 'backup.progressed' && event.progress.work === step)
      onMoment({ step, bytes: event.progress.bytes, total: event.progress.total });
  });
  try {
    return await work();
  } finally {
    stop();
  }
};

/** Hands a file to the core piece by piece; it never lies in memory whole. */
export const sendFile = async (
  { core }: Core,
  { backupId, file, onMoment, signal }: Kept & Watching & { readonly file: File },
): Promise<void> => {
  for (let offset = 0; offset < file.size; offset += BACKUP_PIECE_BYTES) {
    onMoment({ step: 'send', bytes: offset, total: file.size });
    const piece = await pieceOf(file, offset);
    await unlessAborted(core.call('backup.write', { backupId, piece }), signal);
  }
};

const pieceOf = async (file: File, offset: number): Promise<Uint8Array> => {
  try {
    return new Uint8Array(await file.slice(offset, offset + BACKUP_PIECE_BYTES).arrayBuffer());
  } catch (cause) {
    throw new PosthornError('backup-refused', 'The file cannot be read any more. Nothing was changed.', { cause });
  }
};
