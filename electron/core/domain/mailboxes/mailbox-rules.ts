import { PosthornError } from '../../../../shared/errors';
import type { MailboxId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import type { Folder } from '../../../../shared/message';
import { MAX_MAILBOXES, MAX_MAILBOX_DEPTH } from '../limits';

type Use = Folder | undefined;

/** Mail that is being written or delivered has verbs of its own, and only strangers put mail into Requests. */
const CLOSED: readonly Use[] = ['requests', 'drafts', 'outbox'];
/** In which mailboxes of the seven others may lie. */
const MAY_HOLD: readonly Use[] = [undefined, 'inbox', 'archive'];

/** Whether a person may move mail into a mailbox that is for this (undefined: one of their own). */
export function takesMail(use: Use): boolean {
  return !CLOSED.includes(use);
}

/** Whether a person may move mail out of a mailbox that is for this. */
export function lendsMail(use: Use): boolean {
  return use !== 'drafts' && use !== 'outbox';
}

/** Throws `mailbox-refused` for one of the seven that everybody has. */
export function requireOwn({ specialUse }: Pick<MailboxSummary, 'specialUse'>): void {
  if (specialUse !== undefined)
    throw refused('This mailbox belongs to Posthorn: it keeps its name and its place and cannot be deleted.');
}

/** Throws `too-many` when there are as many mailboxes as an identity may have. */
export function requireRoom(all: readonly MailboxSummary[]): void {
  if (all.length >= MAX_MAILBOXES)
    throw new PosthornError('too-many', `There can be ${MAX_MAILBOXES} mailboxes. Nothing was changed.`);
}

/**
 * Throws `mailbox-refused` when a mailbox (with all that lies in it; undefined: a new one) cannot lie in `parentId`:
 * because that is the mailbox itself or lies in it, takes none, or lies too deep.
 */
export function requirePlace(
  all: readonly MailboxSummary[],
  o: { readonly id?: MailboxId; readonly parentId: MailboxId | undefined },
): void {
  const above = ancestors(all, o.parentId);
  if (above.some(({ id }) => id === o.id)) throw refused('A mailbox cannot lie in itself.');
  if (above[0] !== undefined && !MAY_HOLD.includes(above[0].specialUse))
    throw refused('Mailboxes can lie in your own ones, in the Inbox and in the Archive.');
  const levels = o.id === undefined ? 1 : Math.max(...treeOf(all, o.id).map(({ level }) => level));
  if (above.length + levels > MAX_MAILBOX_DEPTH) throw refused(`Mailboxes can lie ${MAX_MAILBOX_DEPTH} levels deep.`);
}

/** The mailbox and all that lie in it, each behind the one it lies in; its own level is 1. */
export function treeOf(
  all: readonly MailboxSummary[],
  root: MailboxId,
): { readonly id: MailboxId; readonly level: number }[] {
  const below = new Map<MailboxId | undefined, MailboxId[]>();
  for (const { id, parentId } of all) {
    const siblings = below.get(parentId);
    if (siblings) siblings.push(id);
    else below.set(parentId, [id]);
  }
  const tree = [{ id: root, level: 1 }];
  // Grows while it is walked; whoever was visited has no more below, so that a circle ends.
  for (const { id, level } of tree) {
    for (const child of below.get(id) ?? []) tree.push({ id: child, level: level + 1 });
    below.delete(id);
  }
  return tree;
}

/** The mailbox itself, then what it lies in, up to the top. */
function ancestors(all: readonly MailboxSummary[], id: MailboxId | undefined): MailboxSummary[] {
  const byId = new Map(all.map((mailbox) => [mailbox.id, mailbox]));
  const found: MailboxSummary[] = [];
  for (let at = id && byId.get(id); at && found.length <= MAX_MAILBOX_DEPTH; at = at.parentId && byId.get(at.parentId))
    found.push(at);
  return found;
}

function refused(why: string): PosthornError {
  return new PosthornError('mailbox-refused', `${why} Nothing was changed.`);
}
