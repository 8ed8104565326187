import type { ContactId, OnionHost } from '../../../../shared/ids';
import type { TokenSeed } from '../../ports/storage/custody-records';
import { requireContact } from '../contacts/contact-store';
import { fromBlob, toBlob } from '../sql/sql-connection';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { CustodyAsRecipient } from '../../ports/storage/custody-as-recipient';
import { TOKENS_PER_CONTACT } from '../../domain/custody-limits';

type IssuedTokens = Pick<
  CustodyAsRecipient,
  'tokenSeed' | 'dropTokenSeed' | 'loseCount' | 'nextTokenOf' | 'recordTokenUsed' | 'listSent' | 'putListSent'
>;

/** The tokens and holder lists that contacts have from this identity. Both go with the contact. */
export function createIssuedTokens({ sql, writer }: StoreParts): IssuedTokens {
  return {
    tokenSeed: ({ contactId, fresh }) => seedOf(sql, contactId) ?? writer.write(() => addSeed(sql, contactId, fresh())),
    // Numbers go on: mail that the contact left with holders under the old seed still comes, and the contact counts on.
    dropTokenSeed: (contactId) =>
      writer.write(() => sql.run('DELETE FROM token_seeds WHERE contact_id = $contactId', { contactId })),
    loseCount: () =>
      writer.write(() => {
        loseCount(sql);
      }),
    nextTokenOf: (by) => sql.get<{ next: number }>(SELECT_NEXT, by)?.next ?? 0,
    recordTokenUsed: (used) =>
      writer.write(() => {
        recordUsed(sql, used);
      }),
    listSent: (contactId) =>
      sql.get<{ content: string }>('SELECT content FROM cards_sent WHERE contact_id = $contactId', { contactId })
        ?.content,
    putListSent: ({ contactId, content }) =>
      writer.write(() => {
        putListSent(sql, contactId, content);
      }),
  };
}

const SELECT_NEXT = `
  SELECT max(coalesce((SELECT next_number FROM token_numbers WHERE contact_id = $contactId AND holder = $holder), 0),
    coalesce((SELECT first_number FROM token_seeds WHERE contact_id = $contactId), 0)) AS next`;

function seedOf(sql: SqlConnection, contactId: ContactId): TokenSeed | undefined {
  const query = 'SELECT seed, first_number FROM token_seeds WHERE contact_id = $contactId';
  const row = sql.get<{ seed: Uint8Array<ArrayBuffer>; first_number: number }>(query, { contactId });
  return row === undefined ? undefined : { seed: fromBlob(row.seed), first: row.first_number };
}

function addSeed(sql: SqlConnection, contactId: ContactId, fresh: TokenSeed): TokenSeed {
  requireContact(sql, contactId);
  sql.run('INSERT INTO token_seeds (contact_id, seed, first_number) VALUES ($contactId, $seed, $first)', {
    contactId,
    seed: toBlob(fresh.seed),
    first: fresh.first,
  });
  return fresh;
}

/** Holder lists that were sent stay known, for their time, but without the seed: each contact gets a new list. */
function loseCount(sql: SqlConnection): void {
  sql.run('DELETE FROM token_seeds');
  sql.run(`UPDATE agreements SET tokens_issued_at = NULL WHERE role = 'client'`);
  sql.run(BLANK_CARDS, { blank: JSON.stringify({ issuedAt: 0, tokenSeed: '', holders: [] }) });
  sql.run('UPDATE contact_holders SET next_token = next_token + $step, accepted = accepted + $step', {
    step: TOKENS_PER_CONTACT / 2,
  });
}

/** Contacts who told us of holders are included: their next holder list from us asks for a new seed of theirs. */
const BLANK_CARDS = `
  INSERT INTO cards_sent (contact_id, content)
  SELECT id, $blank FROM contacts WHERE id IN (SELECT contact_id FROM cards_sent UNION SELECT contact_id FROM holder_cards)
  ON CONFLICT DO UPDATE SET content = json_set(content, '$.tokenSeed', '')`;

/**
 * The contact chose the number: one too large to count with is ignored. A later number may arrive before an earlier
 * one.
 */
function recordUsed(
  sql: SqlConnection,
  { contactId, holder, index }: { contactId: ContactId; holder: OnionHost; index: number },
): void {
  if (index < 0 || !Number.isSafeInteger(index + 1)) return;
  requireContact(sql, contactId);
  sql.run(
    `INSERT INTO token_numbers (contact_id, holder, next_number) VALUES ($contactId, $holder, $next)
     ON CONFLICT DO UPDATE SET next_number = max(next_number, $next)`,
    { contactId, holder, next: index + 1 },
  );
}

function putListSent(sql: SqlConnection, contactId: ContactId, content: string | undefined): void {
  requireContact(sql, contactId);
  if (content === undefined) sql.run('DELETE FROM cards_sent WHERE contact_id = $contactId', { contactId });
  else
    sql.run(
      'INSERT INTO cards_sent (contact_id, content) VALUES ($contactId, $content) ON CONFLICT DO UPDATE SET content = $content',
      { contactId, content },
    );
}
