import { PosthornError } from '../../../../../shared/errors';
import { AttachmentId, MailAddress, MessageId } from '../../../../../shared/ids';
import type { MailboxSummary } from '../../../../../shared/mailbox';
import { present } from '../../../../../shared/present';
import { keptFlag } from '../../../domain/clients/message-flags';
import { MAX_APPEND_OCTETS } from '../../../domain/client-limits';
import { MAX_KEYWORDS } from '../../../domain/limits';
import { onionOf } from '../../../domain/mail-address';
import { previewOf } from '../../../domain/preview';
import type { ImapAccount, ImapLetter } from '../../../ports/imap';
import type { AppendedMessage } from '../../../ports/mime';
import type { NewAppended } from '../../../ports/storage/served-mail';
import { ownMessageId } from '../submission/own-message-id';
import { turn } from '../../mailboxes/empty-mailbox';
import { findMailbox, type Account } from './account-of';
import { refusal, refusalOf } from './outcomes';
import { slicesOf } from './read-entries';

type Asked = Parameters<ImapAccount['append']>[0];
type Appended = ReturnType<ImapAccount['append']>;

/**
 * Keeps what a program brings (RFC 9051 6.3.12, RFC 3502), octet for octet: all messages or none. What submission has
 * put into Sent already is not kept twice: its UID is answered or, while it is on its way, none. In the drafts it
 * becomes a draft that the window can open. Anywhere else it is a message of which nothing is proved. Nobody puts
 * anything into Requests and the outbox (`NOPERM`).
 */
export async function appendMail(account: Account, o: Asked): Appended {
  const box = findMailbox(account, o.mailbox);
  if (!box) return refusal('TRYCREATE', 'There is no such mailbox. Nothing was kept.');
  if (box.specialUse === 'requests' || box.specialUse === 'outbox')
    return refusal('NOPERM', 'Only Posthorn itself puts messages there. Nothing was kept.');
  try {
    const [first, ...more] = o.messages;
    // One is kept by its own commit: a kill behind it takes nothing back, and leaves no hole among the UIDs.
    const isAlone = first !== undefined && more.length === 0;
    const kept = isAlone ? [await keepLetter(account, box, first)] : await keepTogether(account, box, o.messages);
    const uids = kept.flatMap(({ uid }) => uid ?? []);
    const { uidValidity } = account.mail.mailboxes.state(box.id);
    return { isDone: true, uidValidity, ...(uids.length === kept.length ? { uids } : {}) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** `replaces`, `copying`: as in `NewAppended`. */
type Letter = ImapLetter & Pick<NewAppended, 'replaces' | 'copying'>;
/** `uid` is absent while submission has it. */
type Kept = { readonly uid?: number; readonly isNew: boolean };

/**
 * Puts messages into a mailbox in a commit each. What fails, or is killed, takes all before it back. Throws as below.
 */
export async function keepTogether(
  account: Account,
  box: MailboxSummary,
  letters: Iterable<ImapLetter>,
): Promise<Kept[]> {
  const { mail, services } = account;
  const copying = services.random.uuid();
  const kept: Kept[] = [];
  try {
    for (const letter of letters) kept.push(await keepLetter(account, box, { ...letter, copying }));
    mail.served.keepCopies(copying);
    return kept;
  } catch (error) {
    const made = kept.flatMap(({ uid, isNew }) => (isNew && uid !== undefined ? [uid] : []));
    for (const uids of slicesOf(made, TAKEN_BACK_AT_ONCE)) {
      mail.served.expunge({ mailbox: box.id, uids });
      await turn();
    }
    throw error;
  }
}

/** Messages that are deleted in one turn of the event loop. */
const TAKEN_BACK_AT_ONCE = 20;

/** Puts one message into a mailbox. Throws `too-many`, `too-large`, and what `ServedMail.append` throws. */
export async function keepLetter(account: Account, box: MailboxSummary, letter: Letter): Promise<Kept> {
  const flags = [...new Set(letter.flags.map(keptFlag).filter((flag) => flag !== undefined))];
  requireRoom(letter, flags);
  const { mail, services } = account;
  const read = await services.mime.readAppended(letter.octets);
  const sent = box.specialUse === 'sent' ? await whereSent(account, read) : undefined;
  if (sent) return { ...sent, isNew: false };
  const message = newAppended(account, { box, read, letter: { ...letter, flags } });
  const { uid } = await mail.served.append(
    box.specialUse === 'drafts' ? { ...message, mailbox: 'drafts', typed: typedIn(account, read) } : message,
  );
  return { uid, isNew: true };
}

function requireRoom({ octets }: Letter, flags: readonly string[]): void {
  if (octets.length > MAX_APPEND_OCTETS)
    throw new PosthornError('too-large', 'The message is too large. Nothing was kept.');
  if (flags.filter((flag) => !flag.startsWith('\\')).length > MAX_KEYWORDS)
    throw new PosthornError('too-many', 'The message has too many keywords. Nothing was kept.');
}

/** Undefined for what did not leave from here. It may have left under another Message-ID than its program gave it. */
async function whereSent(
  { mail, services }: Account,
  { rfcMessageId: messageId }: AppendedMessage,
): Promise<{ readonly uid?: number } | undefined> {
  if (messageId === undefined) return undefined;
  const rfcMessageId = await ownMessageId(services, { messageId, onion: onionOf(mail.identity().address) });
  const uid = mail.served.uidOf({ mailbox: 'sent', rfcMessageId });
  if (uid !== undefined) return { uid };
  return mail.served.uidOf({ mailbox: 'outbox', rfcMessageId }) === undefined ? undefined : {};
}

function newAppended(
  { mail, services }: Account,
  { box, read, letter }: { readonly box: MailboxSummary; readonly read: AppendedMessage; readonly letter: Letter },
): NewAppended {
  const id = MessageId.parse(services.random.uuid());
  const { from, to, cc, bcc, attachments, date, served, ...rest } = read;
  const internalDate = letter.internalDate ?? services.clock.now();
  return {
    ...rest,
    id,
    mailbox: box.id,
    threadId: id,
    // Whoever has no onion is nobody that the window knows: then it is the one who put it here.
    from: onionsIn(from)[0] ?? mail.identity().address,
    to: onionsIn(to),
    cc: onionsIn(cc),
    bcc: onionsIn(bcc),
    preview: previewOf(read.text),
    date: date ?? internalDate,
    internalDate,
    flags: letter.flags,
    attachments: attachments.map((file) => ({ ...file, id: AttachmentId.parse(services.random.uuid()) })),
    served: { ...served, fields: { ...served.fields, ...present({ zone: letter.zone }) } },
    ...present({ replaces: letter.replaces, copying: letter.copying }),
  };
}

function onionsIn(written: readonly string[]): MailAddress[] {
  return [...new Set(written.flatMap((text) => MailAddress.safeParse(text).data ?? []))];
}

/** What a draft may hold (`DraftContent`). */
const MOST = { addresses: 200, characters: 320 };

/** So that the window goes on with it as with its own. */
function typedIn({ mail }: Account, read: AppendedMessage): NonNullable<NewAppended['typed']> {
  const answered = read.inReplyTo === undefined ? undefined : mail.messages.reference({ rfcMessageId: read.inReplyTo });
  const people = (written: readonly string[]): string[] =>
    written.slice(0, MOST.addresses).map((text) => text.slice(0, MOST.characters));
  return {
    to: people(read.to),
    cc: people(read.cc),
    bcc: people(read.bcc),
    ...present({ answers: answered?.messageId }),
  };
}
