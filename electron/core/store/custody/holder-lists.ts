import type { ContactId, OnionHost } from '../../../../shared/ids';
import type { HolderList } from '../../../../shared/wire/control-message';
import { announceContactOf, requireContact } from '../contacts/contact-store';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { CustodyAsSender } from '../../ports/storage/custody-as-sender';
import { TOKENS_PER_CONTACT } from '../../domain/custody-limits';

type HolderLists = Pick<
  CustodyAsSender,
  'holderList' | 'putHolderList' | 'holderRestsUntil' | 'restHolder' | 'takeToken'
>;

/** Where mail to contacts may be left while they are away, and which token is next at each of these holders. */
export function createHolderLists(parts: StoreParts): HolderLists {
  const { sql, writer } = parts;
  return {
    holderList: (contactId) => {
      const row = sql.get<{ card: string }>('SELECT card FROM holder_cards WHERE contact_id = $contactId', {
        contactId,
      });
      return row === undefined ? undefined : (JSON.parse(row.card) as HolderList);
    },
    putHolderList: ({ contactId, card }) =>
      writer.write((emit) => {
        requireContact(sql, contactId);
        const parameters = {
          contactId,
          issuedAt: card.issuedAt,
          holderCount: card.holders.length,
          card: JSON.stringify(card),
        };
        if (sql.run(PUT_CARD, parameters) === 0) return;
        for (const { onion: holder } of card.holders)
          sql.run(BEGIN_AT, { contactId, holder, first: card.firstToken ?? 0 });
        announceContactOf(parts, contactId, emit);
      }),
    holderRestsUntil: (by) =>
      sql.get<{ rests_until: number | null }>(
        'SELECT rests_until FROM contact_holders WHERE contact_id = $contactId AND holder = $holder',
        by,
      )?.rests_until ?? undefined,
    restHolder: ({ contactId, holder, until }) =>
      writer.write(() => {
        requireContact(sql, contactId);
        sql.run(REST_HOLDER, { contactId, holder, until });
      }),
    takeToken: (o) => writer.write(() => takeToken(sql, o)),
  };
}

/** A later message can arrive first: a holder list that is older than the stored one is ignored. */
const PUT_CARD = `
  INSERT INTO holder_cards (contact_id, issued_at, holder_count, card) VALUES ($contactId, $issuedAt, $holderCount, $card)
  ON CONFLICT DO UPDATE SET issued_at = $issuedAt, holder_count = $holderCount, card = $card WHERE issued_at <= $issuedAt`;

/**
 * Numbers only grow. Otherwise mail that was left under an earlier seed and comes late would make the recipient skip
 * numbers of the new seed.
 */
const BEGIN_AT = `
  INSERT INTO contact_holders (contact_id, holder, next_token, accepted) VALUES ($contactId, $holder, $first, $first)
  ON CONFLICT DO UPDATE SET next_token = max(next_token, $first), accepted = max(accepted, $first)`;

const REST_HOLDER = `
  INSERT INTO contact_holders (contact_id, holder, rests_until) VALUES ($contactId, $holder, $until)
  ON CONFLICT DO UPDATE SET rests_until = $until`;

/**
 * Counted here and not in the holder list, so that a new list does not bring a spent token back. Numbers that were
 * taken and, surely or probably, not spent come first. A holder accepts only TOKENS_PER_CONTACT numbers past the last
 * used one: when all of them were taken, as under an old holder list, they are tried again, because numbers beyond them
 * would never be accepted.
 */
function takeToken(sql: SqlConnection, by: { contactId: ContactId; holder: OnionHost }): number {
  requireContact(sql, by.contactId);
  const { next_token: next, accepted } = sql.get<CountRow>(SELECT_COUNTS, by) ?? { next_token: 0, accepted: 0 };
  const free =
    sql.get<{ number: number | null }>(SELECT_FREE, {
      ...by,
      least: Math.min(next, accepted + TOKENS_PER_CONTACT) - TOKENS_PER_CONTACT,
    })?.number ?? null;
  if (free !== null) {
    sql.run('DELETE FROM free_tokens WHERE contact_id = $contactId AND holder = $holder AND number <= $free', {
      ...by,
      free,
    });
    return free;
  }
  sql.run(
    'INSERT INTO contact_holders (contact_id, holder, next_token) VALUES ($contactId, $holder, 1) ON CONFLICT DO UPDATE SET next_token = next_token + 1',
    by,
  );
  return next - accepted < TOKENS_PER_CONTACT ? next : accepted + ((next - accepted) % TOKENS_PER_CONTACT);
}

type CountRow = { next_token: number; accepted: number };

const SELECT_COUNTS =
  'SELECT next_token, accepted FROM contact_holders WHERE contact_id = $contactId AND holder = $holder';
const SELECT_FREE =
  'SELECT min(number) AS number FROM free_tokens WHERE contact_id = $contactId AND holder = $holder AND number >= $least';
