import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import type { BackupContents, BackupOutcome, BackupProblem } from '../../../shared/backup';
import { BACKUP_PIECE_BYTES } from '../../../shared/contract/backup-contract';
import { PosthornError } from '../../../shared/errors';
import type { BackupId } from '../../../shared/ids';
import type { RpcClient } from '../../../shared/contract/rpc-client';
import { UsageError } from '../commands/command';
import { plainLine } from '../../../shared/text/plain-line';

/**
 * Writes a backup that the core has made into a new file that only its owner may read; one that cannot be written whole
 * is removed again.
 * @throws UsageError when the file is there already or cannot be written
 */
export async function saveBackup(
  core: RpcClient,
  { backupId, path }: { backupId: BackupId; path: string },
): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch(notWritten);
  try {
    for (let offset = 0; ;) {
      const piece = await core.call('backup.read', { backupId, offset });
      if (piece.length === 0) break;
      await file.appendFile(piece).catch(notWritten);
      offset += piece.length;
    }
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}

function notWritten(cause: unknown): never {
  throw new UsageError('The file cannot be written, or is there already. Choose another name or disk.', { cause });
}

/**
 * Hands a file in as a backup, works with it, and has the core forget it again.
 * @throws UsageError when the file cannot be read
 */
export async function withBackup<T>(
  core: RpcClient,
  path: string,
  work: (backupId: BackupId) => Promise<T>,
): Promise<T> {
  const { size } = await stat(path).catch(notRead);
  if (size === 0) throw new UsageError('The file is empty.');
  const { backupId } = await core.call('backup.open', { size });
  try {
    for await (const piece of createReadStream(path, {
      highWaterMark: BACKUP_PIECE_BYTES,
      end: size - 1,
    }) as AsyncIterable<Buffer>) {
      await core.call('backup.write', { backupId, piece: new Uint8Array(piece) });
    }
    return await work(backupId);
  } finally {
    await core.call('backup.discard', { backupId });
  }
}

function notRead(cause: unknown): never {
  throw new UsageError('The file cannot be read.', { cause });
}

const sentences: Readonly<Record<BackupProblem, string>> = {
  'not-a-backup': 'This file is not a backup of Posthorn.',
  'wrong-passphrase': 'This is not the passphrase of the backup, or the beginning of the file is damaged.',
  damaged: 'The backup is damaged. Nothing was restored; use another copy of it.',
  'newer-version': 'A newer version of Posthorn made this backup. Nothing was restored; use that version.',
  incomplete: 'The end of the backup is missing. Nothing was restored; copy the file again.',
};

/** What is in a good backup; one that is refused is an error in a sentence. */
export function requireGood(outcome: BackupOutcome): BackupContents {
  if (outcome.outcome === 'good') return outcome.contents;
  throw new PosthornError('backup-refused', sentences[outcome.problem]);
}

/** A line for each identity of a backup. */
export function contentsLines({ identities, withMail }: BackupContents): string[] {
  return identities.map(({ address, label, contacts, messages }) => {
    const mail = withMail ? `${String(messages)} messages` : 'no mail';
    return `${address}  ${mail}, ${String(contacts)} contacts${label === '' ? '' : `  ${plainLine(label)}`}`;
  });
}
