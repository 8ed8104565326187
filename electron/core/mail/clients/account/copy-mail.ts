import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxSummary } from '../../../../../shared/mailbox';
import { present } from '../../../../../shared/present';
import { takesMail } from '../../../domain/mailboxes/mailbox-rules';
import type { CopyOutcome, ImapAccount, ImapLetter } from '../../../ports/imap';
import type { MailboxEntry } from '../../../ports/storage/mailboxes';
import type { CopiedUids } from '../../../ports/storage/served-mail';
import { turn } from '../../mailboxes/empty-mailbox';
import { findMailbox, requireMailbox, type Account, type Paces } from './account-of';
import { keepLetter, keepTogether } from './append-mail';
import { refusal, refusalOf } from './outcomes';
import { entriesOf } from './read-entries';
import { flagsOf } from '../../../domain/clients/message-flags';

type Asked = Parameters<ImapAccount['copy']>[0];
type Way = { readonly from: MailboxSummary; readonly to: MailboxSummary; readonly uids: readonly number[] };

type PacedAccount = Account & { readonly paces: Paces };

/**
 * Copies all messages or none. What comes to the drafts becomes one, and what leaves them is one no longer. Nobody puts
 * anything into Requests and the outbox.
 */
export function copyMail(account: PacedAccount, o: Asked): Promise<CopyOutcome> {
  return between(account, o, (way) => (isPlain(way) ? copyAll(account, way) : carry(account, way)));
}

/**
 * Copies in short commits. What fails, or is killed, takes all copies before it back: the last commit makes them stay
 * (RFC 9051 6.4.7).
 */
async function copyAll(account: PacedAccount, { from, to, uids }: Way): Promise<CopiedUids> {
  const { services, mail, paces } = account;
  const copying = services.random.uuid();
  const copied: { from: number[]; to: number[] } = { from: [], to: [] };
  let left = uids.length;
  try {
    for (const slice of paces.copy.slices(uids)) {
      left -= slice.length;
      const some = paces.copy.measured(slice.length, () =>
        mail.served.copy({ mailbox: from.id, uids: slice, to: to.id, part: { copying, isLast: left === 0 } }),
      );
      copied.from.push(...some.from);
      copied.to.push(...some.to);
      await turn();
    }
    return copied;
  } catch (error) {
    await takeBack(account, { mailbox: to.id, uids: copied.to });
    throw error;
  }
}

async function takeBack(
  { mail, paces }: PacedAccount,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly number[] },
): Promise<void> {
  for (const slice of paces.expunge.slices(uids)) {
    paces.expunge.measured(slice.length, () => mail.served.expunge({ mailbox, uids: slice }));
    await turn();
  }
}

/**
 * Moves messages in short commits (RFC 6851): each is moved or stays, and what was moved is moved, also when the rest
 * cannot be.
 */
export function moveMail(account: PacedAccount, o: Asked): Promise<CopyOutcome> {
  return between(account, o, async (way) => {
    if (way.from.specialUse === 'outbox') return undefined;
    if (!isPlain(way) && way.from.id !== way.to.id) return carryOver(account, way);
    const moved: { from: number[]; to: number[] } = { from: [], to: [] };
    const pace = account.paces.copy;
    for (const uids of pace.slices(way.uids)) {
      const { from, to } = pace.measured(uids.length, () => moveSome(account, { ...way, uids }));
      moved.from.push(...from);
      moved.to.push(...to);
      await turn();
    }
    return moved;
  });
}

const moveSome = ({ mail }: Account, { from, to, uids }: Way): CopiedUids =>
  mail.served.move({ mailbox: from.id, uids, to: to.id });

/** Each original goes in the commit in which the draft comes. What somebody else has taken meanwhile is left out. */
async function carryOver(account: Account, { from, to, uids }: Way): Promise<CopiedUids> {
  const done: { from: number[]; to: number[] } = { from: [], to: [] };
  for (const entry of entriesOf(account, { mailbox: from.id, uids })) {
    const { uid } = entry;
    try {
      const letter = letterOf(account, { mailbox: from.id, entry });
      const { uid: made = 0 } = await keepLetter(account, to, { ...letter, replaces: { mailbox: from.id, uid } });
      done.from.push(uid);
      done.to.push(made);
    } catch (error) {
      if (entriesOf(account, { mailbox: from.id, uids: [uid] }).length > 0) throw error;
    }
  }
  return done;
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

/** Takes the octets of each and appends them. */
async function carry(account: Account, { from, to, uids }: Way): Promise<CopiedUids> {
  const taken: number[] = [];
  const kept = await keepTogether(account, to, lettersOf(account, { mailbox: from.id, uids, taken }));
  return { from: taken, to: kept.map(({ uid }) => uid ?? 0) };
}

/**
 * One after the other, so that one alone is in memory. What somebody else has taken meanwhile is left out; `taken` gets
 * the UIDs of the others.
 */
function* lettersOf(
  account: Account,
  { mailbox, uids, taken }: { readonly mailbox: MailboxId; readonly uids: readonly number[]; readonly taken: number[] },
): Generator<ImapLetter> {
  for (const { uid } of entriesOf(account, { mailbox, uids })) {
    const [entry] = entriesOf(account, { mailbox, uids: [uid] });
    if (!entry) continue;
    taken.push(uid);
    yield letterOf(account, { mailbox, entry });
  }
}

/**
 * A message as it can be written on, also for a program that reads sealed originals: of those no draft has a text. So
 * large a draft is rare that it is read at once.
 */
function letterOf({ mail }: Account, { mailbox, entry }: { mailbox: MailboxId; entry: MailboxEntry }): ImapLetter {
  const { uid } = entry;
  const [message] = mail.served.messages({ mailbox, form: 'unsealed', uids: [uid] });
  return {
    octets: mail.served.octets({ mailbox, uid, form: 'unsealed', from: 0, to: message?.size ?? 0 }),
    flags: flagsOf(entry).filter((flag) => flag !== '\\Draft' && flag !== '\\Deleted'),
    ...present({ internalDate: message?.internalDate, zone: message?.zone }),
  };
}
