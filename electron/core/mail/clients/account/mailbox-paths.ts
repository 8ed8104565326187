import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxSummary } from '../../../../../shared/mailbox';
import type { Folder } from '../../../../../shared/message';
import { present } from '../../../../../shared/present';
import type { ImapMailbox } from '../../../ports/imap';
import type { Account } from './account-of';

/** Junk has none: what strangers write lies in Requests, which is no junk. */
const SPECIAL_USES: Partial<Record<Folder, string>> = {
  sent: '\\Sent',
  drafts: '\\Drafts',
  trash: '\\Trash',
  archive: '\\Archive',
};

/** What a program may make a mailbox for, beside the uses of the seven, of which there is one each. */
const MADE_FOR = ['\\Junk', '\\Important'];

/** The use as RFC 6154 and RFC 8457 spell it; undefined when no new mailbox can have it. */
export function useOf({ mail }: Pick<Account, 'mail'>, asked: string): string | undefined {
  const use = MADE_FOR.find((each) => each.toLowerCase() === asked.toLowerCase());
  return mail.clients.attributes().some(({ attribute }) => attribute === use) ? undefined : use;
}

/**
 * The mailboxes as IMAP names them, each behind the one it lies in. Requests is one that others read, flag, move from
 * and delete from, and put nothing into. The outbox is shown, so that nobody takes for sent what still waits for its
 * recipient, and is read only: to stop a delivery is up to the window.
 */
export function listMailboxes({ mail }: Pick<Account, 'mail'>): ImapMailbox[] {
  const all = mail.mailboxes.all();
  const paths = pathsOf(all);
  const hidden = new Set(mail.clients.unsubscribed());
  const madeFor = new Map(mail.clients.attributes().map(({ id, attribute }) => [id, attribute]));
  const holders = new Set(all.map(({ parentId }) => parentId));
  return all.map(({ id, specialUse }) => ({
    id,
    path: paths.get(id) ?? [],
    isSubscribed: !hidden.has(id),
    hasChildren: holders.has(id),
    ...(specialUse === 'outbox' ? { isReadOnly: true } : {}),
    ...present({ specialUse: specialUse ? SPECIAL_USES[specialUse] : madeFor.get(id) }),
  }));
}

/** Names that are subscribed to and that no mailbox has now. */
export function lostSubscriptions({ mail }: Pick<Account, 'mail'>): ImapMailbox[] {
  const lost = mail.clients.lostSubscriptions();
  if (lost.length === 0) return [];
  const there = new Set([...pathsOf(mail.mailboxes.all()).values()].map(nameOf));
  const isGone = { id: '', isSubscribed: true, isNonexistent: true, hasChildren: false } as const;
  return lost.filter((path) => !there.has(nameOf(path))).map((path) => ({ ...isGone, path }));
}

const nameOf = (path: readonly string[]): string => path.join('/');

/** `all`: each behind the one it lies in. */
export function pathsOf(all: readonly MailboxSummary[]): ReadonlyMap<MailboxId, readonly string[]> {
  const paths = new Map<MailboxId, readonly string[]>();
  for (const { id, name, parentId, specialUse } of all) {
    const above = parentId === undefined ? [] : (paths.get(parentId) ?? []);
    paths.set(id, [...above, specialUse === 'inbox' ? 'INBOX' : name]);
  }
  return paths;
}
