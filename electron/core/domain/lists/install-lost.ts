import type { InstallId } from '../../../../shared/mailing-lists/mailing-list';
import type { MailAddress } from '../../../../shared/ids';
import type { EntryShelf } from './entry-shelf';

/**
 * Whether somebody else knows entries of our own installation that we do not: this profile was restored or copied, and
 * must never write under that installation again.
 */
export function isInstallLost(
  shelf: Pick<EntryShelf, 'log'>,
  own: { readonly address: MailAddress; readonly install: InstallId },
  seen: readonly { author: MailAddress; install: InstallId; lane: 'posts' | 'ledger'; next: number }[],
): boolean {
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
