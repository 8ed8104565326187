import type { ImapMailbox, ImapMailboxState } from '../../../ports/imap';
import { BadCommand } from '../../grammar/bad-command';
import { readSelectParameters, type SelectParameters } from '../../grammar/select-parameters';
import type { Command, InMailbox, LoggedIn } from '../../session/command';
import { commonKeywords, definedFlags, learnKeywords, MAX_KEYWORDS_TOLD } from '../../session/flags-text';
import { mailboxAt, nameForm, pathOf, SEPARATOR } from '../../session/mailbox-names';
import { noteRecent, tellRecent } from '../../session/recent-messages';
import type { Selected, Session } from '../../session/session';
import { no, ok, type Tagged } from '../../session/tagged';
import { tellMissed } from '../../session/tell-missed';
import { MailboxView } from '../../view/mailbox-view';

/** SELECT and EXAMINE (RFC 9051 6.3.2, 6.3.3; CONDSTORE and QRESYNC of RFC 7162, MAILBOXID of RFC 8474). */
export function select({ isReadOnly }: { readonly isReadOnly: boolean }): Command {
  return {
    state: 'authenticated',
    read: (reader) => {
      reader.space();
      const name = reader.astringOctets();
      const parameters = readSelectParameters(reader);
      return (context) => run(context, { name, isReadOnly, parameters });
    },
  };
}

type Wanted = { readonly name: Uint8Array; readonly isReadOnly: boolean; readonly parameters: SelectParameters };

async function run(context: LoggedIn, { name, isReadOnly, parameters }: Wanted): Promise<Tagged> {
  const { session, account } = context;
  if (parameters.qresync && !session.enabled.qresync) throw new BadCommand('QRESYNC must be enabled first');
  if (parameters.isCondstore) session.enabled.condstore = true;
  leave(session);
  const mailbox = mailboxAt(account, pathOf(session, name));
  if (mailbox?.isNoselect) return no('This mailbox holds others only', 'CANNOT');
  const state = mailbox && account.state(mailbox.id);
  if (!state) return no('There is no such mailbox', 'NONEXISTENT');
  const selected = selection({ mailbox, state, isReadOnly: isReadOnly || mailbox.isReadOnly === true });
  await enter({ ...context, selected }, { state, parameters });
  return ok('Selected', selected.isReadOnly ? 'READ-ONLY' : 'READ-WRITE');
}

function leave(session: Session): void {
  if (session.selected) session.client.tell('OK [CLOSED] The mailbox before is closed');
  session.selected = undefined;
}

async function enter(
  context: InMailbox,
  { state, parameters: { qresync } }: { state: ImapMailboxState; parameters: SelectParameters },
): Promise<void> {
  const { session, selected } = context;
  const firstUnseen = await readView(context);
  noteRecent(session, { selected, uidNext: Math.max(state.uidNext, selected.view.largestUid + 1) });
  tellMailbox(context, { state, firstUnseen });
  session.selected = selected;
  if (qresync?.uidValidity === state.uidValidity) await tellMissed(context, qresync);
}

function selection(o: { mailbox: ImapMailbox; state: ImapMailboxState; isReadOnly: boolean }): Selected {
  const { highestModseq, uidValidity } = o.state;
  return {
    mailbox: o.mailbox,
    uidValidity,
    isReadOnly: o.isReadOnly,
    view: new MailboxView([]),
    toldModseq: highestModseq,
    goneModseq: highestModseq,
    ownChanges: new Map(),
    recent: [],
    saved: [],
    keywords: commonKeywords(),
  };
}

/** UIDs that are read at once. */
const UIDS = 10_000;

/** Answers the number of the first message that is not seen, if there is one. */
async function readView({ account, selected, session }: InMailbox): Promise<number | undefined> {
  let unseen: number | undefined;
  learnKeywords(selected, account.keywords(MAX_KEYWORDS_TOLD));
  for (;;) {
    const { uids, firstUnseen } = account.uids({
      mailbox: selected.mailbox.id,
      afterUid: selected.view.largestUid,
      limit: UIDS,
    });
    unseen ??= firstUnseen;
    selected.view.add(uids);
    if (uids.length < UIDS) return unseen === undefined ? undefined : selected.view.numberOf(unseen);
    await session.client.flow();
  }
}

function tellMailbox(
  { session, selected }: InMailbox,
  { state, firstUnseen }: { state: ImapMailboxState; firstUnseen: number | undefined },
): void {
  const { client, enabled } = session;
  const { mailbox, view, isReadOnly } = selected;
  client.tell(`FLAGS ${definedFlags(selected)}`);
  client.tell(`OK [PERMANENTFLAGS ${isReadOnly ? '()' : definedFlags(selected, ['\\*'])}] These are kept`);
  client.tell(`${String(view.count)} EXISTS`);
  if (enabled.rev2) client.tell(`LIST () "/" ${nameForm(session, mailbox.path.join(SEPARATOR))}`);
  tellRecent(session, selected);
  if (!enabled.rev2 && firstUnseen !== undefined) client.tell(`OK [UNSEEN ${String(firstUnseen)}] The first unseen`);
  client.tell(`OK [UIDVALIDITY ${String(state.uidValidity)}] UIDs are valid`);
  client.tell(`OK [UIDNEXT ${String(Math.max(state.uidNext, view.largestUid + 1))}] The next UID`);
  client.tell(`OK [HIGHESTMODSEQ ${String(state.highestModseq)}] The highest`);
  client.tell(`OK [MAILBOXID (${mailbox.id})] Its id`);
}
