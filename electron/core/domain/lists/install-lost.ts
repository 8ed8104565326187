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
