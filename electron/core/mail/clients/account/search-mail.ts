import type { MailboxId } from '../../../../../shared/ids';
import { foldText } from '../../../../../shared/text/text-folding';
import type { ImapAccount, ImapText } from '../../../ports/imap';
import type { ClientRow } from '../../../ports/storage/client-mail';
import { turn } from '../../mailboxes/empty-mailbox';
import { requireMailbox, type Account } from './account-of';
import { AT_ONCE, slicesOf } from './read-entries';
import { headerValues } from './header-values';

/** Messages that SQLite looks at in one turn. */
const CANDIDATES_AT_ONCE = 1_000;

/**
 * UIDs of the messages that have a text somewhere (RFC 9051 6.4.4). It is found as a part of words, too; letters are the
 * same whatever their case and accents, and so are all blanks and line ends. `body` is what a person reads of a message:
 * its text, that of a page without its marks, and the words of its files. `text` is that, its subject, its people and
 * its Message-ID. So it is in a sealed form, too: whoever has the password may read the mail.
 */
export async function withText(account: Account, o: Parameters<ImapAccount['withText']>[0]): Promise<number[]> {
  const { id } = requireMailbox(account, o.mailbox);
  const wanted = folded(o.text);
  if (o.where === 'body' || o.where === 'text')
    return inTexts(account, { mailbox: id, text: o.text, wanted, place: o.where });
  const valuesOf = FIELDS[o.where];
  return inRows(account, id, (row) => valuesOf(row).some((value) => folded(value).includes(wanted)));
}

/** UIDs of the messages that have the text in a header field; an empty text is in every message with the field. */
export async function withHeader(account: Account, o: Parameters<ImapAccount['withHeader']>[0]): Promise<number[]> {
  const { id } = requireMailbox(account, o.mailbox);
  const wanted = folded(o.text);
  const valuesOf = FIELDS[o.field.toLowerCase()];
  if (valuesOf) return inRows(account, id, (row) => valuesOf(row).some((value) => folded(value).includes(wanted)));
  const found: number[] = [];
  for await (const uids of uidsOf(account, id)) {
    const has = (uid: number): boolean =>
      headerValues(account, { mailbox: id, uid, field: o.field }).some((value) => folded(value).includes(wanted));
    found.push(...uids.filter(has));
  }
  return found;
}

/** Header fields that columns hold. One that is absent holds no value. */
const FIELDS: Readonly<Record<string, (row: ClientRow) => readonly string[]>> = {
  subject: ({ subject }) => [subject],
  from: ({ from }) => from,
  to: ({ to }) => to,
  cc: ({ cc }) => cc,
  bcc: ({ bcc }) => bcc,
  'message-id': ({ rfcMessageId }) => (rfcMessageId === undefined ? [] : [rfcMessageId]),
} satisfies Record<Exclude<ImapText['where'], 'body' | 'text'> | 'message-id', unknown>;

type Wanted = {
  readonly mailbox: MailboxId;
  readonly text: string;
  readonly wanted: string;
  readonly place: 'body' | 'text';
};

/** The index says who may have it; of those the texts are read. */
async function inTexts(account: Account, o: Wanted): Promise<number[]> {
  const { clients } = account.mail;
  const found: number[] = [];
  const part = (afterUid: number) => clients.candidates({ ...o, afterUid, limit: CANDIDATES_AT_ONCE });
  for (let some = part(0); some.lastUid !== undefined; some = part(some.lastUid)) {
    if (some.isExact) found.push(...some.uids);
    else {
      for (const uids of slicesOf(some.uids)) {
        found.push(...having(account, { ...o, uids }));
        await turn();
      }
    }
    await turn();
  }
  return found;
}

function having({ mail }: Account, { mailbox, uids, wanted, place }: Wanted & { readonly uids: number[] }): number[] {
  const has = new Set(
    mail.clients
      .texts({ mailbox, uids })
      .filter(({ text }) => folded(text).includes(wanted))
      .map(({ uid }) => uid),
  );
  if (place === 'body') return uids.filter((uid) => has.has(uid));
  const inHeader = (row: ClientRow): boolean =>
    Object.values(FIELDS).some((valuesOf) => valuesOf(row).some((value) => folded(value).includes(wanted)));
  for (const row of mail.clients.rows({ mailbox, uids: uids.filter((uid) => !has.has(uid)) }))
    if (inHeader(row)) has.add(row.uid);
  return uids.filter((uid) => has.has(uid));
}

async function inRows(account: Account, mailbox: MailboxId, is: (row: ClientRow) => boolean): Promise<number[]> {
  const found: number[] = [];
  for await (const uids of uidsOf(account, mailbox))
    found.push(...account.mail.clients.rows({ mailbox, uids }).filter(is).map(({ uid }) => uid));
  return found;
}

/** All UIDs, some in each turn. */
async function* uidsOf({ mail }: Account, mailbox: MailboxId): AsyncGenerator<number[]> {
  const part = (afterUid: number) => mail.mailboxes.entries({ mailbox, afterUid, limit: AT_ONCE });
  for (let some = part(0); some.length > 0; some = part(some.at(-1)?.uid ?? 0)) {
    yield some.map(({ uid }) => uid);
    await turn();
  }
}

const folded = (text: string): string => foldText(text.replaceAll(/\s+/gu, ' '));
