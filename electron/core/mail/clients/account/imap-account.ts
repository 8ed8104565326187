import type { ImapAccount, ImapMailboxState, ImapMessage } from '../../../ports/imap';
import { keywordText } from '../../../domain/clients/message-flags';
import { changeFlags } from './change-flags';
import { copyMail, moveMail } from './copy-mail';
import { appendMail } from './append-mail';
import { expungeMail } from './expunge-mail';
import { createPaces, findMailbox, mailboxIdOf, type Account } from './account-of';
import { listMailboxes, lostSubscriptions } from './mailbox-paths';
import { createByPath, removeMailbox, renameByPath, subscribeMailbox } from './place-by-path';
import { entriesOf, toImapEntry } from './read-entries';
import { withHeader, withText } from './search-mail';
import { sortRows, threadRows } from './sort-mail';
import { quotaOf } from './quota';
import { watchMailbox } from './watch-mailbox';

/**
 * The mail of one identity as one app password opens it. What changes here, changes through the use cases of the
 * window, so that each hears of the other. Throws `mailbox-unknown` for a mailbox that is gone, and for any id that is
 * none of this identity's; `profile-locked` once the profile is locked.
 */
export function createImapAccount(account: Account): ImapAccount {
  const { mailboxes } = account.mail;
  const paced = { ...account, paces: createPaces() };
  return {
    mailboxes: () => listMailboxes(account),
    state: (id) => stateOf(account, id),
    entries: (o) => mailboxes.entries({ ...o, mailbox: mailboxIdOf(o.mailbox) }).map(toImapEntry),
    uids: (o) => mailboxes.uids({ ...o, mailbox: mailboxIdOf(o.mailbox) }),
    keywords: (limit) => mailboxes.keywordsInUse(limit).map(keywordText),
    expungedSince: (o) => mailboxes.expungedSince({ ...o, mailbox: mailboxIdOf(o.mailbox) }),
    messages: (o) => messagesOf(account, o),
    octets: (o) => account.mail.served.octets({ ...o, mailbox: mailboxIdOf(o.mailbox), form: account.form }),
    setFlags: (o) => changeFlags(paced, o),
    expunge: (o) => expungeMail(paced, o),
    copy: (o) => copyMail(paced, o),
    move: (o) => moveMail(paced, o),
    append: (o) => appendMail(account, o),
    lostSubscriptions: () => lostSubscriptions(account),
    create: (path, use) => createByPath(account, path, use),
    rename: (o) => renameByPath(account, o),
    remove: (id) => removeMailbox(account, id),
    subscribe: (o) => subscribeMailbox(account, o),
    unsubscribeLost: (path) => account.mail.clients.setLostSubscription({ path, isSubscribed: false }),
    withText: (o) => withText(account, o),
    withHeader: (o) => withHeader(account, o),
    sortRows: (o) => sortRows(account, o),
    threadRows: (o) => threadRows(account, o),
    quota: () => quotaOf(account),
    watch: (mailbox, changed) => watchMailbox(account, mailbox, changed),
  };
}

function stateOf(account: Account, id: string): ImapMailboxState | undefined {
  const found = findMailbox(account, id);
  if (!found) return undefined;
  return {
    ...account.mail.mailboxes.state(found.id),
    // Reads a row of every message, and is rarely asked for.
    get octets() {
      return account.mail.served.size({ mailbox: found.id, form: account.form });
    },
  };
}

function messagesOf(account: Account, o: Parameters<ImapAccount['messages']>[0]): ImapMessage[] {
  const asked = { mailbox: mailboxIdOf(o.mailbox), uids: o.uids };
  const entries = new Map(entriesOf(account, asked).map((entry) => [entry.uid, toImapEntry(entry)]));
  return account.mail.served.messages({ ...asked, form: account.form }).flatMap((message) => {
    const entry = entries.get(message.uid);
    // Not spread, which would read the places of all parts.
    return entry ? [Object.assign(message, entry)] : [];
  });
}
