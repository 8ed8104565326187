import type { ImapAccount, ImapMailbox } from '../../../ports/imap';
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
  const { session } = context;
  const { listed, above } = await asked(context, wanted);
  for (const mailbox of listed) {
    const path = mailbox.path.join(SEPARATOR);
    const isParent = wanted.selections.has('RECURSIVEMATCH') && above.has(path);
    if (!isParent && !isChosen(mailbox, wanted)) continue;
    const name = nameForm(session, path);
    session.client.tell(`LIST (${attributes(mailbox, wanted)}) "/" ${name}${isParent ? childInfo(wanted) : ''}`);
    if (wanted.status) tellStatus(context, { mailbox, items: wanted.status });
    await session.client.flow();
  }
}

type Asked = { readonly listed: readonly ImapMailbox[]; readonly above: ReadonlySet<string> };

/** What the patterns name, and names of what is above chosen mailboxes that they do not name. */
async function asked({ session, account }: LoggedIn, wanted: ListArguments): Promise<Asked> {
  const isListed = listPattern(session, wanted);
  const listed: ImapMailbox[] = [];
  const above = new Set<string>();
  for (const mailbox of named(account, wanted)) {
    if (await isListed(mailbox.path)) listed.push(mailbox);
    else if (isChosen(mailbox, wanted)) for (const name of namesAbove(mailbox.path)) above.add(name);
  }
  return { listed, above };
}

function namesAbove(path: readonly string[]): string[] {
  return path.slice(1).map((_, depth) => path.slice(0, depth + 1).join(SEPARATOR));
}

/** Names of mailboxes that are gone are among them where subscriptions are asked for. */
function named(account: ImapAccount, { selections }: ListArguments): readonly ImapMailbox[] {
  const there = account.mailboxes();
  return selections.has('SUBSCRIBED') ? [...there, ...account.lostSubscriptions()] : there;
}

function isChosen(mailbox: ImapMailbox, { selections }: ListArguments): boolean {
  if (selections.has('SUBSCRIBED') && !mailbox.isSubscribed) return false;
  return !selections.has('SPECIAL-USE') || mailbox.specialUse !== undefined;
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
