import type { InstallId } from '../../../../shared/mailing-lists/mailing-list';
import type { MailAddress } from '../../../../shared/ids';
import type { EntryShelf } from './entry-shelf';
import { MAX_INSTALLS_BY_WORD } from './list-limits';

/**
 * Whether somebody else knows entries of our own installation that we do not: this profile was restored or copied, and
 * must never write under that installation again. Two entries of one number prove it, since nobody else signs ours. A
 * member's mere word is believed a few times only: each installation is one of the few logs that we may have, and who
 * ends all of them silences us.
 */
export function isInstallLost(
  shelf: Pick<EntryShelf, 'log' | 'logs'>,
  own: { readonly address: MailAddress; readonly install: InstallId },
  seen: readonly { author: MailAddress; install: InstallId; lane: 'posts' | 'ledger'; next: number }[],
): boolean {
  const ours = shelf.logs().filter(({ author }) => author === own.address);
  if (ours.some(({ install, forkedAt }) => install === own.install && forkedAt !== undefined)) return true;
  if (new Set(ours.map(({ install }) => install)).size >= MAX_INSTALLS_BY_WORD) return false;
  return seen.some(
    ({ author, install, lane, next }) =>
      author === own.address && install === own.install && next > (shelf.log({ author, install, lane })?.next ?? 0),
  );
}

/** Whether we have all that others know of what this author decided. */
export function knowsLedgerOf(
  shelf: Pick<EntryShelf, 'log'>,
  author: MailAddress,
  seen: Parameters<typeof isInstallLost>[2],
): boolean {
  return seen.every((row) => row.author !== author || row.lane !== 'ledger' || row.next <= (shelf.log(row)?.next ?? 0));
}
