import { MAX_LOST_SUBSCRIPTIONS } from '../../domain/client-limits';
import type { MailboxId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { ClientMail, ClientThreadRow } from '../../ports/storage/clients/client-mail';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import { parseList } from '../messages/message-summaries';
import type { StoreParts } from '../sql/store-parts';
import { candidatesOf } from './text-candidates';

/** What other mail programs read beside what the window does, and the mailboxes that they do not want to see. */
export function createClientMail({ sql, writer }: Pick<StoreParts, 'sql' | 'writer'>): ClientMail {
  return {
    unsubscribed: () =>
      sql.all<{ id: MailboxId }>('SELECT id FROM mailboxes WHERE is_subscribed = 0').map(({ id }) => id),
    subscribe: ({ mailbox, isSubscribed }) => {
      const row = mailboxRow(sql, mailbox);
      writer.write(() => {
        sql.run('UPDATE mailboxes SET is_subscribed = $is WHERE row = $row', { is: Number(isSubscribed), row });
      });
    },
    lostSubscriptions: () =>
      sql
        .all<{ path: string }>('SELECT path FROM lost_subscriptions ORDER BY path')
        .map(({ path }) => parseList<string>(path)),
    setLostSubscription: ({ path, isSubscribed }) => {
      const values = { path: JSON.stringify(path) };
      writer.write(() => {
        if (isSubscribed) sql.run(INSERT_LOST, { ...values, most: MAX_LOST_SUBSCRIPTIONS });
        else sql.run('DELETE FROM lost_subscriptions WHERE path = $path', values);
      });
    },
    attributes: () =>
      sql.all<{ id: MailboxId; attribute: string }>(
        'SELECT id, attribute FROM mailboxes WHERE attribute IS NOT NULL ORDER BY row',
      ),
    setAttribute: ({ mailbox, attribute }) => {
      const row = mailboxRow(sql, mailbox);
      writer.write(() => {
        sql.run('UPDATE mailboxes SET attribute = $attribute WHERE row = $row', { attribute, row });
      });
    },
    candidates: (o) => candidatesOf(sql, { ...o, mailbox: mailboxRow(sql, o.mailbox) }),
    threadRows: ({ mailbox, uids }) =>
      sql
        .all<ThreadRow>(SELECT_THREADS, { mailbox: mailboxRow(sql, mailbox), uids: JSON.stringify(uids) })
        .map(toThreadRow),
    texts: ({ mailbox, uids }) =>
      sql
        .all<TextRow>(SELECT_TEXTS, { mailbox: mailboxRow(sql, mailbox), uids: JSON.stringify(uids) })
        .map((row) => ({ ...row })),
  };
}

const INSERT_LOST = `
  INSERT INTO lost_subscriptions (path) SELECT $path WHERE (SELECT count(*) FROM lost_subscriptions) < $most
  ON CONFLICT DO NOTHING`;

type ThreadRow = {
  uid: number;
  thread_id: string;
  date: number;
  subject: string;
  rfc_message_id: string | null;
  in_reply_to: string | null;
  reference_ids: string;
};

const SELECT_THREADS = `
  SELECT m.uid, m.thread_id, m.date, m.subject, m.rfc_message_id, m.in_reply_to, m.reference_ids FROM messages m
  WHERE m.mailbox = $mailbox AND m.uid IN (SELECT value FROM json_each($uids)) ORDER BY m.uid`;

function toThreadRow(row: ThreadRow): ClientThreadRow {
  const references = parseList<string>(row.reference_ids);
  return {
    uid: row.uid,
    threadId: row.thread_id,
    date: row.date,
    subject: row.subject,
    references: references.length === 0 && row.in_reply_to !== null ? [row.in_reply_to] : references,
    ...present({ rfcMessageId: row.rfc_message_id ?? undefined }),
  };
}

type TextRow = { uid: number; subject: string; text: string };

const SELECT_TEXTS = `
  SELECT m.uid, m.subject, b.text || coalesce((SELECT char(10) || group_concat(t.text, char(10)) FROM attachments a
    JOIN attachment_texts t ON t.attachment_row = a.row WHERE a.message_row = m.row), '') AS text
  FROM messages m JOIN bodies b ON b.message_row = m.row
  WHERE m.mailbox = $mailbox AND m.uid IN (SELECT value FROM json_each($uids)) ORDER BY m.uid`;
