import type { MailboxId } from '../../../shared/ids';
import type { MailboxSummary } from '../../../shared/mailbox';

export type FolderInTree = { readonly mailbox: MailboxSummary; readonly depth: number };

const byName = (one: MailboxSummary, other: MailboxSummary): number =>
  one.name.localeCompare(other.name, undefined, { numeric: true });

/**
 * The person's own folders as the rail lists them: by name, each behind the one it lies in. Without `under` those at
 * the top, at depth 0; else those in one of the mailboxes that everybody has, such as the Inbox, from depth 1 on.
 */
export const foldersInTree = (all: readonly MailboxSummary[], under?: MailboxId): readonly FolderInTree[] => {
  const below = new Map<MailboxId | undefined, MailboxSummary[]>();
  const known = new Set(all.map(({ id }) => id));
  for (const mailbox of all) {
    if (mailbox.specialUse !== undefined) continue;
    // One whose parent is not known yet stands at the top until it is.
    const parent = mailbox.parentId && known.has(mailbox.parentId) ? mailbox.parentId : undefined;
    const siblings = below.get(parent);
    if (siblings) siblings.push(mailbox);
    else below.set(parent, [mailbox]);
  }
  const listed = (parent: MailboxId | undefined, depth: number): FolderInTree[] =>
    (below.get(parent) ?? []).sort(byName).flatMap((mailbox) => [{ mailbox, depth }, ...listed(mailbox.id, depth + 1)]);
  return listed(under, under === undefined ? 0 : 1);
};
