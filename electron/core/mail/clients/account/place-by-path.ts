import { PosthornError } from '../../../../../shared/errors';
import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxSummary } from '../../../../../shared/mailbox';
import { MAX_MAILBOX_DEPTH } from '../../../domain/limits';
import { mailboxName } from '../../../domain/mailboxes/mailbox-name';
import { requireOwn, requirePlace } from '../../../domain/mailboxes/mailbox-rules';
import type { ImapOutcome } from '../../../ports/imap';
import { deleteMailbox } from '../../mailboxes/delete-mailbox';
import { turn } from '../../mailboxes/empty-mailbox';
import { makeMailbox, placeMailbox } from '../../mailboxes/place-mailbox';
import { createPaces, findMailbox, requireMailbox, type Account } from './account-of';
import { pathsOf, useOf } from './mailbox-paths';
import { refusal, refusalOf } from './outcomes';

/**
 * Makes a mailbox, and those that it lies in (RFC 9051 6.3.4), by the rules and names of the window. `use`: what it is
 * for (RFC 6154 3).
 */
export function createByPath(
  account: Account,
  path: readonly string[],
  use?: string,
): ImapOutcome<{ readonly id: string }> {
  const attribute = use === undefined ? undefined : useOf(account, use);
  if (use !== undefined && attribute === undefined)
    return refusal('USEATTR', 'No new mailbox can be for this. Nothing was made.');
  try {
    const at = placeOf(account, path);
    const { id } = makeMailbox(account.services, account.mail, { ...at, parentId: makeParents(account, at) });
    if (attribute !== undefined) account.mail.clients.setAttribute({ mailbox: id, attribute });
    return { isDone: true, id };
  } catch (error) {
    return refusalOf(error);
  }
}

/**
 * Gives a mailbox with all that lie in it another name and place, and makes what that lies in. The inbox keeps both:
 * its mail goes to a new mailbox, in short commits, but for what comes meanwhile (RFC 9051 6.3.6).
 */
export async function renameByPath(
  account: Account,
  o: { readonly id: string; readonly path: readonly string[] },
): Promise<ImapOutcome> {
  try {
    const box = requireMailbox(account, o.id);
    if (box.specialUse === 'inbox') return await leaveInbox(account, box, o.path);
    requireOwn(box);
    const at = placeOf(account, o.path);
    if (at.name === box.name && at.levels.length === 0 && at.parentId === box.parentId) return exists();
    // Before those around it are made.
    requirePlace(account.mail.mailboxes.all(), { id: box.id, parentId: at.parentId });
    const parentId = makeParents(account, at);
    placeMailbox(account.mail, { id: box.id, name: at.name, parentId });
    return { isDone: true };
  } catch (error) {
    return refusalOf(error);
  }
}

/**
 * Deletes a mailbox that holds no others; its mail goes to the trash. Whoever subscribes to its name goes on to do so
 * (RFC 9051 6.3.7).
 */
export async function removeMailbox(account: Account, id: string): Promise<ImapOutcome> {
  try {
    const box = requireMailbox(account, id);
    requireOwn(box);
    if (account.mail.mailboxes.all().some(({ parentId }) => parentId === box.id))
      return refusal('HASCHILDREN', 'There are mailboxes in this one. Delete them first; nothing was changed.');
    const { mailboxes, clients } = account.mail;
    const path = pathsOf(mailboxes.all()).get(box.id);
    const isSubscribed = !clients.unsubscribed().includes(box.id);
    await deleteMailbox(account.mail, box.id);
    if (path && isSubscribed) clients.setLostSubscription({ path, isSubscribed });
    return { isDone: true };
  } catch (error) {
    return refusalOf(error);
  }
}

/** `levels`: names between `parentId` and the mailbox, of those that are not there yet. */
type Place = { readonly name: string; readonly levels: readonly string[]; readonly parentId: MailboxId | undefined };

/** Looks at all names before anything is made. Throws `mailbox-refused`. */
function placeOf({ mail }: Pick<Account, 'mail'>, path: readonly string[]): Place {
  const all = mail.mailboxes.all();
  const paths = pathsOf(all);
  let parent: MailboxSummary | undefined;
  let depth = 0;
  for (const box of all) {
    const own = paths.get(box.id) ?? [];
    if (own.length >= path.length || own.length <= depth || own.some((name, level) => name !== path[level])) continue;
    [parent, depth] = [box, own.length];
  }
  const levels = path.slice(depth);
  for (const name of levels) requireName(name);
  const name = levels.at(-1);
  if (name === undefined || path.length > MAX_MAILBOX_DEPTH)
    throw new PosthornError('mailbox-refused', `Mailboxes can lie ${String(MAX_MAILBOX_DEPTH)} levels deep.`);
  return { name, levels: levels.slice(0, -1), parentId: parent?.id };
}

/** A name that would be kept otherwise would not be found again by whoever gave it (RFC 9051 5.1). */
function requireName(name: string): void {
  if (name.length > MAX_NAME || mailboxName(name) !== name)
    throw new PosthornError('mailbox-refused', 'The name is not in the form that is kept. Nothing was changed.');
}

const MAX_NAME = 1_000;

function makeParents({ services, mail }: Account, { levels, parentId }: Place): MailboxId | undefined {
  let above = parentId;
  for (const name of levels) above = makeMailbox(services, mail, { name, parentId: above }).id;
  return above;
}

async function leaveInbox(account: Account, inbox: MailboxSummary, path: readonly string[]): Promise<ImapOutcome> {
  const { mailboxes, served } = account.mail;
  const { uidNext } = mailboxes.state(inbox.id);
  const made = createByPath(account, path);
  if (!made.isDone) return made;
  const to = requireMailbox(account, made.id).id;
  const pace = createPaces().copy;
  const part = (): number[] =>
    mailboxes
      .entries({ mailbox: inbox.id, limit: pace.size })
      .map(({ uid }) => uid)
      .filter((uid) => uid < uidNext);
  for (let uids = part(); uids.length > 0; uids = part()) {
    pace.measured(uids.length, () => served.move({ mailbox: inbox.id, uids, to }));
    await turn();
  }
  return { isDone: true };
}

const exists = (): ImapOutcome => refusal('ALREADYEXISTS', 'The mailbox has this name already.');

/** Whether other programs are to show a mailbox. What is not there is left aside. */
export function subscribeMailbox(account: Account, o: { readonly id: string; readonly isSubscribed: boolean }): void {
  const found = findMailbox(account, o.id);
  if (found) account.mail.clients.subscribe({ mailbox: found.id, isSubscribed: o.isSubscribed });
}
