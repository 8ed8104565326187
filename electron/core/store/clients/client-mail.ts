import type { MailboxId } from '../../../../shared/ids';
import type { ClientMail, ClientRow } from '../../ports/storage/client-mail';
import type { StoredContents } from '../contents/stored-contents';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import { parseList } from '../messages/message-summaries';
import type { StoreParts } from '../sql/store-parts';
import { createAppend } from './append-message';
import { candidatesOf } from './text-candidates';

/** What other mail programs read beside what the window does, and the mailboxes that they do not want to see. */
export function createClientMail(
  parts: StoreParts & { readonly contents: Pick<StoredContents, 'stageAll'> },
): ClientMail {
  const { sql, writer } = parts;
  return {
    append: createAppend(parts),
    unsubscribed: () =>
      sql.all<{ id: MailboxId }>('SELECT id FROM mailboxes WHERE is_subscribed = 0').map(({ id }) => id),
    subscribe: ({ mailbox, isSubscribed }) => {
      const row = mailboxRow(sql, mailbox);
      writer.write(() => {
        sql.run('UPDATE mailboxes SET is_subscribed = $is WHERE row = $row', { is: Number(isSubscribed), row });
      });
    },
    rows: ({ mailbox, uids }) =>
      sql
        .all<RowOfMessage>(SELECT_ROWS, { mailbox: mailboxRow(sql, mailbox), uids: JSON.stringify(uids) })
        .map(toClientRow),
    candidates: (o) => candidatesOf(sql, { ...o, mailbox: mailboxRow(sql, o.mailbox) }),
    texts: ({ mailbox, uids }) =>
      sql
        .all<{ uid: number; text: string }>(SELECT_TEXTS, {
          mailbox: mailboxRow(sql, mailbox),
          uids: JSON.stringify(uids),
        })
        .map((row) => ({ ...row })),
  };
}

const THESE = 'm.mailbox = $mailbox AND m.uid IN (SELECT value FROM json_each($uids)) ORDER BY m.uid';

/** What a draft has in place of its addresses is what was typed; what was appended may name no onion. */
const SELECT_ROWS = `
  SELECT m.uid, m.thread_id, m.date, m.stored_at, m.size, m.subject, m.rfc_message_id,
    coalesce(p.from_texts, json_array(m.from_address)) AS writers,
    coalesce(p.to_texts, m.typed_to, m.to_addresses) AS recipients,
    coalesce(p.cc_texts, m.typed_cc, m.cc_addresses) AS copies,
    coalesce(p.bcc_texts, m.typed_bcc, m.bcc_addresses) AS hidden
  FROM messages m LEFT JOIN appended_people p ON p.message_row = m.row WHERE ${THESE}`;

const SELECT_TEXTS = `
  SELECT m.uid, b.text || coalesce((SELECT char(10) || group_concat(t.text, char(10)) FROM attachments a
    JOIN attachment_texts t ON t.attachment_row = a.row WHERE a.message_row = m.row), '') AS text
  FROM messages m JOIN bodies b ON b.message_row = m.row WHERE ${THESE}`;

type RowOfMessage = {
  uid: number;
  thread_id: string;
  date: number;
  stored_at: number;
  size: number;
  subject: string;
  writers: string;
  rfc_message_id: string | null;
  recipients: string;
  copies: string;
  hidden: string;
};

function toClientRow(row: RowOfMessage): ClientRow {
  return {
    uid: row.uid,
    threadId: row.thread_id,
    date: row.date,
    arrival: row.stored_at,
    size: row.size,
    subject: row.subject,
    from: parseList(row.writers),
    to: parseList(row.recipients),
    cc: parseList(row.copies),
    bcc: parseList(row.hidden),
    ...(row.rfc_message_id === null ? {} : { rfcMessageId: row.rfc_message_id }),
  };
}
