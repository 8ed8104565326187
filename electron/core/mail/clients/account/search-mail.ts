import type { MailboxId } from '../../../../../shared/ids';
import { MAX_SOUGHT_CHARACTERS } from '../../../domain/client-limits';
import type { ImapAccount } from '../../../ports/imap';
import { turn } from '../../mailboxes/empty-mailbox';
import { requireMailbox, type Account } from './account-of';
import { slicesOf } from './read-entries';

/** Messages that SQLite looks at in one turn: some 20 milliseconds. */
const LOOKED_AT_AT_ONCE = 1_000;

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
  const found: number[] = [];
  for await (const uids of uidsOf(account, mailbox))
    found.push(...account.mail.served.withText({ mailbox, uids, where, text }));
  return found;
}

/** UIDs of the messages that have the text in a header field; an empty text is in every message with the field. */
export async function withHeader(account: Account, o: Parameters<ImapAccount['withHeader']>[0]): Promise<number[]> {
  const mailbox = requireMailbox(account, o.mailbox).id;
  const { field, text } = o;
  const found: number[] = [];
  for await (const uids of uidsOf(account, mailbox))
    found.push(...account.mail.served.withHeader({ mailbox, uids, field, text }));
  return found;
}

type Wanted = { readonly mailbox: MailboxId; readonly text: string; readonly where: 'body' | 'text' };

/** The index says who has it, and who may have it; those are read. */
async function inTexts(account: Account, o: Wanted): Promise<number[]> {
  const { clients } = account.mail;
  const found: number[] = [];
  const part = (afterUid: number) => clients.candidates({ ...o, place: o.where, afterUid, limit: LOOKED_AT_AT_ONCE });
  for (let some = part(0); some.lastUid !== undefined; some = part(some.lastUid)) {
    const here = [...some.sure];
    for (const uids of slicesOf(some.maybe)) {
      here.push(...having(account, { ...o, uids }));
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

/** All UIDs, some in each turn. */
async function* uidsOf({ mail }: Account, mailbox: MailboxId): AsyncGenerator<number[]> {
  const part = (afterUid: number) => mail.mailboxes.entries({ mailbox, afterUid, limit: LOOKED_AT_AT_ONCE });
  for (let some = part(0); some.length > 0; some = part(some.at(-1)?.uid ?? 0)) {
    yield some.map(({ uid }) => uid);
    await turn();
  }
}

const folded = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll(/\s+/gu, ' ');
