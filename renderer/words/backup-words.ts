import type { BackupContents, BackupProblem, BackupProgress } from '../../shared/backup';

/** A heading, and what it means and what to do. */
export type BackupWords = { readonly title: string; readonly sentence: string };

/** Why a backup cannot be used. */
export const backupProblemWords: Readonly<Record<BackupProblem, BackupWords>> = {
  'not-a-backup': {
    title: 'This file is no backup',
    sentence: 'Choose the file that Posthorn saved; its name ends in .posthorn-backup unless you renamed it.',
  },
  'wrong-passphrase': {
    title: 'That is not its passphrase',
    sentence:
      'A backup keeps the passphrase that was chosen when it was made; it is not always the one that unlocks Posthorn. Try again.',
  },
  damaged: {
    title: 'This backup is damaged',
    sentence:
      'Something in it was changed since it was made, by a failing disk or by somebody, so nothing in it can be relied on. Use another copy, and make a new backup if you still can.',
  },
  'newer-version': {
    title: 'Made by a newer Posthorn',
    sentence: 'Update Posthorn on this computer and try again. The backup itself may be fine.',
  },
  incomplete: {
    title: 'Part of this backup is missing',
    sentence:
      'The file ends too early: it was not copied to its end. Copy it again from where it was made, or use another copy.',
  },
};

/** What is going on with a backup: in the core, or on the way to the file and back. */
export type BackupStep = BackupProgress['work'] | 'save' | 'send';

export const backupStepWords: Readonly<Record<BackupStep, string>> = {
  create: 'Sealing everything into the backup',
  save: 'Writing the file',
  send: 'Reading the file',
  test: 'Opening everything in the backup',
  restore: 'Restoring',
};

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** `2 contacts, 1,000 messages`; without mail only the contacts. */
export const contentsText = (
  { withMail }: Pick<BackupContents, 'withMail'>,
  { contacts, messages }: { readonly contacts: number; readonly messages: number },
): string =>
  [counted(contacts, 'contact', 'contacts'), withMail ? counted(messages, 'message', 'messages') : 'without mail'].join(
    ', ',
  );

/**
 * `posthorn-2026-05-14.posthorn-backup`: sorts by day, and tells nobody whose it is. `now` in milliseconds since 1970.
 */
export const backupFileName = (now: number): string => {
  const date = new Date(now);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `posthorn-${parts.join('-')}.posthorn-backup`;
};

/** What two copies of one identity do to each other. */
export const twoCopiesSentence =
  'Two copies with one address would take each other’s mail by chance: some would arrive here, some there, and neither would have it all.';
