import type { MailboxId } from '../../../../../shared/ids';
import { MAX_SOUGHT_CHARACTERS } from '../../../domain/client-limits';
import { SlicePace } from '../../../domain/clients/slice-pace';
import type { ImapAccount } from '../../../ports/imap';
import { turn } from '../../mailboxes/empty-mailbox';
import { requireMailbox, type Account } from './account-of';

/** Messages that SQLite looks through in one turn, and of which the core does. */
const lookingThrough = (): SlicePace => new SlicePace({ now: () => performance.now(), first: 100, most: 2_000 });
const reading = (): SlicePace => new SlicePace({ now: () => performance.now(), first: 20, most: 200 });

/**
 * UIDs of the messages that have a text (RFC 9051 6.4.4): as a part of words, too, in whatever case and encoding.
 * `body` is what a person reads of a message, and the words of its files; blanks and line ends are the same there.
 * `text` is that and the header. A sealed form is searched by what it holds: whoever has the password may read it.
 */
export async function withText(account: Account, o: Parameters<ImapAccount['withText']>[0]): Promise<number[]> {
  const mailbox = requireMailbox(account, o.mailbox).id;
  const { where, text } = o;
  if (text.length > MAX_SOUGHT_CHARACTERS) return [];
  if (where === 'body' || where === 'text') return inTexts(account, { mailbox, text, where });
  return throughAll(account, mailbox, (uids) => account.mail.served.withText({ mailbox, uids, where, text }));
}

/** UIDs of the messages that have the text in a header field; an empty text is in every message with the field. */
export async function withHeader(account: Account, o: Parameters<ImapAccount['withHeader']>[0]): Promise<number[]> {
  const mailbox = requireMailbox(account, o.mailbox).id;
  const { field, text } = o;
  return throughAll(account, mailbox, (uids) => account.mail.served.withHeader({ mailbox, uids, field, text }));
}

type Wanted = { readonly mailbox: MailboxId; readonly text: string; readonly where: 'body' | 'text' };

/** The index says who has it, and who may have it; those are read. */
async function inTexts(account: Account, o: Wanted): Promise<number[]> {
  const { clients } = account.mail;
  const found: number[] = [];
  const [pace, readingPace] = [lookingThrough(), reading()];
  const part = (afterUid: number) =>
    pace.measured(pace.size, () => clients.candidates({ ...o, place: o.where, afterUid, limit: pace.size }));
  for (let some = part(0); some.lastUid !== undefined; some = part(some.lastUid)) {
    const here = [...some.sure];
    for (const uids of readingPace.slices(some.maybe)) {
      here.push(...readingPace.measured(uids.length, () => having(account, { ...o, uids })));
      await turn();
    }
    found.push(...here.sort((one, other) => one - other));
    await turn();
  }
  return found;
}

function having({ mail }: Account, o: Wanted & { readonly uids: readonly number[] }): number[] {
  const wanted = folded(o.text);
  return mail.clients
    .texts(o)
    .filter(({ text, subject }) => hasIt(wanted, o.where === 'text' ? [subject, text] : [text]))
    .map(({ uid }) => uid);
}

const hasIt = (wanted: string, texts: readonly string[]): boolean =>
  texts.some((text) => folded(text).includes(wanted));

/** What `look` answers of all UIDs, some in each turn. */
async function throughAll(
  { mail }: Account,
  mailbox: MailboxId,
  look: (uids: readonly number[]) => readonly number[],
): Promise<number[]> {
  const pace = lookingThrough();
  const found: number[] = [];
  const part = (afterUid: number) => mail.mailboxes.uids({ mailbox, afterUid, limit: pace.size }).uids;
  for (let uids = part(0); uids.length > 0; uids = part(uids.at(-1) ?? 0)) {
    const these = uids;
    found.push(...pace.measured(these.length, () => look(these)));
    await turn();
  }
  return found;
}

const folded = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll(/\s+/gu, ' ');
