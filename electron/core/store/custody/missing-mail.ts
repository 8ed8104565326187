import type { ContactId, MailAddress, OnionHost } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';
import { unknownContact } from '../contacts/contact-store';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { CustodyAsRecipient } from '../../ports/storage/custody-as-recipient';
import { MAX_OUTSTANDING } from '../../domain/custody-limits';

type MissingMail = Pick<CustodyAsRecipient, 'recordEnvelope' | 'recordArrived' | 'missing' | 'dismissMissing'>;
type Missing = ReturnType<CustodyAsRecipient['recordEnvelope']>[number];

/** Missing messages that are kept of one contact. The contact makes the list: stops one without end. */
const MAX_MISSING = 200;

/**
 * Messages that contacts say they left with holders and that did not arrive. A dismissed one is kept, so that it is not
 * found missing again.
 */
export function createMissingMail(parts: StoreParts): MissingMail {
  const { sql, identityId, writer } = parts;
  return {
    recordEnvelope: (o) => writer.write((emit) => recordEnvelope(parts, o, emit)),
    recordArrived: (o) =>
      writer.write((emit) => {
        if (dropArrived(sql, o)) emit({ type: 'holding.changed', identityId });
      }),
    missing: () => sql.all<MissingRow>(SELECT_MISSING).map(toMissing),
    dismissMissing: (contactId) =>
      writer.write((emit) => {
        const changed = sql.run(
          'UPDATE missing_mail SET dismissed = 1 WHERE contact_id = $contactId AND dismissed = 0',
          { contactId },
        );
        if (changed > 0) emit({ type: 'holding.changed', identityId });
      }),
  };
}

type MissingRow = { contact_id: ContactId; holder: OnionHost | null; count: number; since: number };

const SELECT_MISSING = `
  SELECT contact_id, holder, count(*) AS count, min(since) AS since FROM missing_mail WHERE dismissed = 0
  GROUP BY contact_id, holder ORDER BY since, contact_id, holder`;

function toMissing({
  contact_id,
  holder,
  count,
  since,
}: MissingRow): ReturnType<CustodyAsRecipient['missing']>[number] {
  return { contactId: contact_id, count, since, ...(holder === null ? {} : { holder }) };
}

/**
 * A gap between two numbers alone is no missing message: what the sender does not name as outstanding was confirmed to
 * them. A holder's time that lies in the future counts as now.
 */
function recordEnvelope(
  parts: StoreParts,
  { contactId, facts, messageId, now }: Parameters<CustodyAsRecipient['recordEnvelope']>[0],
  emit: Emit,
): Missing[] {
  const { sql, identityId } = parts;
  const address = sql.get<{ address: MailAddress }>('SELECT address FROM contacts WHERE id = $contactId', {
    contactId,
  })?.address;
  if (address === undefined) throw unknownContact();
  sql.run(NOTE_COUNTER, { contactId, counter: facts.counter });
  const arrived = dropArrived(sql, { contactId, messageId });
  const missing = earlier(facts, messageId)
    .filter((entry) => !hasCome(sql, address, entry.messageId))
    .filter((entry) => add(sql, contactId, { entry, now }))
    .map(({ messageId: id, receipts: [receipt] }): Missing => ({
      messageId: id,
      ...present({ holder: receipt?.holder }),
    }));
  if (missing.length > 0) sql.run(DROP_SURPLUS, { contactId, limit: MAX_MISSING });
  if (arrived || missing.length > 0) emit({ type: 'holding.changed', identityId });
  return missing;
}

const NOTE_COUNTER = `
  INSERT INTO envelope_counters (contact_id, counter) VALUES ($contactId, $counter) ON CONFLICT DO UPDATE SET counter = max(counter, $counter)`;

const DROP_SURPLUS = `
  DELETE FROM missing_mail WHERE row IN (
    SELECT row FROM missing_mail WHERE contact_id = $contactId ORDER BY row DESC LIMIT -1 OFFSET $limit)`;

type Entry = HeldEnvelopeFacts['outstanding'][number];

function earlier({ counter, outstanding }: HeldEnvelopeFacts, messageId: string): Entry[] {
  return outstanding
    .slice(0, MAX_OUTSTANDING)
    .filter((entry) => entry.counter < counter && entry.messageId !== messageId);
}

/** Whether a message with this id came from this mailbox, under whatever tag it was sent. */
function hasCome(sql: SqlConnection, address: MailAddress, rfcMessageId: string): boolean {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const query = `
    SELECT 1 AS one FROM seen_message_ids WHERE from_address = $address AND rfc_message_id = $rfcMessageId
    UNION ALL SELECT 1 FROM seen_message_ids
      WHERE from_address >= $tagged AND from_address < $past AND rfc_message_id = $rfcMessageId AND substr(from_address, -length($host)) = $host
    LIMIT 1`;
  // ',' is the character after '+': the range holds the tagged addresses and nothing of other names.
  return (
    sql.get(query, { address, rfcMessageId, tagged: `${local}+`, past: `${local},`, host: address.slice(at) }) !==
    undefined
  );
}

/** False when it was found missing before. */
function add(sql: SqlConnection, contactId: ContactId, { entry, now }: { entry: Entry; now: number }): boolean {
  const [receipt] = entry.receipts;
  const added = sql.run(
    `INSERT INTO missing_mail (contact_id, rfc_message_id, holder, since) VALUES ($contactId, $messageId, $holder, $since) ON CONFLICT DO NOTHING`,
    {
      contactId,
      messageId: entry.messageId,
      holder: receipt?.holder ?? null,
      since: Math.min(receipt?.at ?? now, now),
    },
  );
  return added === 1;
}

/** Whether the message was missing. Call it in the transaction that stores it. */
export function dropArrived(
  sql: SqlConnection,
  { contactId, messageId }: { contactId: ContactId; messageId: string },
): boolean {
  return (
    sql.run('DELETE FROM missing_mail WHERE contact_id = $contactId AND rfc_message_id = $messageId', {
      contactId,
      messageId,
    }) > 0
  );
}
