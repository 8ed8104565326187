import { PosthornError } from '../../../../../shared/errors';
import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxSummary } from '../../../../../shared/mailbox';
import { takesMail } from '../../../domain/mailboxes/mailbox-rules';
import type { CopyOutcome, ImapAccount } from '../../../ports/imap';
import type { CopiedUids } from '../../../ports/storage/served-mail';
import { turn } from '../../mailboxes/empty-mailbox';
import { findMailbox, requireMailbox, type Account } from './account-of';
import { appendMail } from './append-mail';
import { refusal, refusalOf } from './outcomes';
import { entriesOf, slicesOf } from './read-entries';
import { flagsOf } from '../../../domain/clients/message-flags';

type Asked = Parameters<ImapAccount['copy']>[0];
type Way = { readonly from: MailboxSummary; readonly to: MailboxSummary; readonly uids: readonly number[] };

/**
 * Copies messages in one commit. What comes to the drafts becomes one, and what leaves them is one no longer. Nobody
 * puts anything into Requests and the outbox.
 */
export function copyMail(account: Account, o: Asked): Promise<CopyOutcome> {
  return between(account, o, async (way) =>
    isPlain(way)
      ? account.mail.served.copy({ mailbox: way.from.id, uids: way.uids, to: way.to.id })
      : carry(account, way),
  );
}

/** Moves messages in short commits (RFC 6851): what was moved is moved, also when the rest cannot be. */
export function moveMail(account: Account, o: Asked): Promise<CopyOutcome> {
  return between(account, o, async (way) => {
    if (way.from.specialUse === 'outbox') return undefined;
    const moved: { from: number[]; to: number[] } = { from: [], to: [] };
    for (const uids of slicesOf(way.uids)) {
      const { from, to } = await moveSome(account, { ...way, uids });
      moved.from.push(...from);
      moved.to.push(...to);
      await turn();
    }
    return moved;
  });
}

async function moveSome(account: Account, way: Way): Promise<CopiedUids> {
  const { served } = account.mail;
  if (isPlain(way)) return served.move({ mailbox: way.from.id, uids: way.uids, to: way.to.id });
  const carried = await carry(account, way);
  served.expunge({ mailbox: way.from.id, uids: carried.from });
  return carried;
}

/** Both are found, and the target takes what other programs put there. `run` answers undefined where nothing may go. */
async function between(
  account: Account,
  o: Asked,
  run: (way: Way) => Promise<CopiedUids | undefined>,
): Promise<CopyOutcome> {
  const to = findMailbox(account, o.to);
  if (!to) return refusal('TRYCREATE', 'There is no such mailbox. Nothing was changed.');
  if (!takesMail(to.specialUse) && to.specialUse !== 'drafts') return closed();
  try {
    const from = requireMailbox(account, o.mailbox);
    const uids = [...new Set(o.uids)].sort((one, other) => one - other);
    const copied = await run({ from, to, uids });
    if (!copied) return closed();
    const { uidValidity } = account.mail.mailboxes.state(to.id);
    return { isDone: true, uidValidity, ...copied };
  } catch (error) {
    return refusalOf(error);
  }
}

const closed = (): CopyOutcome => refusal('NOPERM', 'Only Posthorn itself moves messages there. Nothing was changed.');

/** What becomes a draft is made anew: it can be written on. */
const isPlain = ({ to }: Way): boolean => takesMail(to.specialUse);

/** Takes the octets of each and appends them. When one cannot be appended, those before it are taken out again. */
async function carry(account: Account, { from, to, uids }: Way): Promise<CopiedUids> {
  const done: { from: number[]; to: number[] } = { from: [], to: [] };
  for (const entry of entriesOf(account, { mailbox: from.id, uids })) {
    const octets = octetsOf(account, { mailbox: from.id, uid: entry.uid });
    const flags = flagsOf(entry).filter((flag) => flag !== '\\Draft' && flag !== '\\Deleted');
    const appended = await appendMail(account, { mailbox: to.id, octets, flags, internalDate: entry.savedAt });
    if (!appended.isDone || appended.uid === undefined) {
      account.mail.served.expunge({ mailbox: to.id, uids: done.to });
      throw new PosthornError('mailbox-refused', 'One of the messages cannot lie there. Nothing was changed.');
    }
    done.from.push(entry.uid);
    done.to.push(appended.uid);
  }
  return done;
}

/** A message as this program sees it, whole; so large a draft is rare that it is read at once. */
function octetsOf({ mail, form }: Account, o: { readonly mailbox: MailboxId; readonly uid: number }): Uint8Array {
  const [message] = mail.served.messages({ mailbox: o.mailbox, form, uids: [o.uid] });
  return mail.served.octets({ ...o, form, from: 0, to: message?.size ?? 0 });
}
