import type { ImapMailbox } from '../../../ports/imap';
import { readList, type ListArguments } from '../../grammar/list-arguments';
import type { Command, LoggedIn } from '../../session/command';
import { nameForm, SEPARATOR } from '../../session/mailbox-names';
import { listPattern } from '../../session/list-pattern';
import { ok } from '../../session/tagged';
import { tellStatus } from '../../session/tell-status';

/** LIST (RFC 9051 6.3.9; LIST-EXTENDED, LIST-STATUS, SPECIAL-USE, CHILDREN). */
export const list: Command = {
  state: 'authenticated',
  read: (reader) => {
    const wanted = readList(reader);
    return async (context) => {
      const isRootAsked = !wanted.isExtended && wanted.patterns[0]?.length === 0;
      if (isRootAsked) context.session.client.tell(String.raw`LIST (\Noselect) "/" ""`);
      else await tellMailboxes(context, wanted);
      return ok('Done');
    };
  },
};

async function tellMailboxes(context: LoggedIn, wanted: ListArguments): Promise<void> {
  const { session, account } = context;
  const isListed = listPattern(session, wanted);
  const isOfSubscribed = wanted.selections.has('SUBSCRIBED');
  const all = [...account.mailboxes(), ...(isOfSubscribed ? account.lostSubscriptions() : [])];
  const chosen = all.filter((mailbox) => isChosen(mailbox, wanted));
  const hidden = chosen.filter((mailbox) => !isListed(mailbox.path));
  for (const mailbox of all) {
    if (!isListed(mailbox.path)) continue;
    const isParent = wanted.selections.has('RECURSIVEMATCH') && hidden.some((child) => isWithin(child, mailbox));
    if (!isParent && !isChosen(mailbox, wanted)) continue;
    const name = nameForm(session, mailbox.path.join(SEPARATOR));
    session.client.tell(`LIST (${attributes(mailbox, wanted)}) "/" ${name}${isParent ? childInfo(wanted) : ''}`);
    if (wanted.status) tellStatus(context, { mailbox, items: wanted.status });
    await session.client.flow();
  }
}

function isChosen(mailbox: ImapMailbox, { selections }: ListArguments): boolean {
  if (selections.has('SUBSCRIBED') && !mailbox.isSubscribed) return false;
  return !selections.has('SPECIAL-USE') || mailbox.specialUse !== undefined;
}

function isWithin(child: ImapMailbox, mailbox: ImapMailbox): boolean {
  return child.path.length > mailbox.path.length && mailbox.path.every((level, depth) => child.path[depth] === level);
}

function attributes(mailbox: ImapMailbox, { selections, returns }: ListArguments): string {
  const isSubscriptionAsked = selections.has('SUBSCRIBED') || returns.has('SUBSCRIBED');
  return [
    ...(mailbox.isNoselect ? [String.raw`\Noselect`] : []),
    ...(mailbox.isNonexistent ? [String.raw`\NonExistent`] : []),
    ...(isSubscriptionAsked && mailbox.isSubscribed ? [String.raw`\Subscribed`] : []),
    mailbox.hasChildren ? String.raw`\HasChildren` : String.raw`\HasNoChildren`,
    ...(mailbox.specialUse === undefined ? [] : [mailbox.specialUse]),
  ].join(' ');
}

/** It is there for what lies in it (RFC 5258 3.5). */
function childInfo({ selections }: ListArguments): string {
  const names = (['SUBSCRIBED', 'SPECIAL-USE'] as const).filter((name) => selections.has(name));
  return ` (CHILDINFO (${names.map((name) => `"${name}"`).join(' ')}))`;
}
