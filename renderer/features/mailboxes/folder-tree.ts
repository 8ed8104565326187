import type { MailboxId } from '../../../shared/ids';
import type { MailboxSummary } from '../../../shared/mailbox';

export type FolderInTree = { readonly mailbox: MailboxSummary; readonly depth: number };

const byName = (one: MailboxSummary, other: MailboxSummary): number =>
  one.name.localeCompare(other.name, undefined, { numeric: true });

/** The person's own folders as the rail lists them: by name, each behind the one it lies in. */
export const foldersInTree = (all: readonly MailboxSummary[]): readonly FolderInTree[] => {
  const below = new Map<MailboxId | undefined, MailboxSummary[]>();
  const own = new Set(all.filter(({ specialUse }) => specialUse === undefined).map(({ id }) => id));
  for (const mailbox of all) {
    if (!own.has(mailbox.id)) continue;
    // What lies in the Inbox or the Archive stands at the top, with a name of its own.
    const parent = mailbox.parentId && own.has(mailbox.parentId) ? mailbox.parentId : undefined;
    const siblings = below.get(parent);
    if (siblings) siblings.push(mailbox);
    else below.set(parent, [mailbox]);
  }
  const listed = (parent: MailboxId | undefined, depth: number): FolderInTree[] =>
    (below.get(parent) ?? []).sort(byName).flatMap((mailbox) => [{ mailbox, depth }, ...listed(mailbox.id, depth + 1)]);
  return listed(undefined, 0);
};
