import type { ContactId, OnionHost } from '../../../shared/ids';
import type { HoldingStore } from '../ports';
import { requireContact } from './contact-store';
import { fromBlob, toBlob } from './sql-connection';
import type { SqlConnection } from './sql-connection';
import type { StoreParts } from './store-parts';

type DeliveryTokens = Pick<HoldingStore, 'tokenSeed' | 'dropTokenSeed' | 'nextTokenOf' | 'noteTokenUsed' | 'cardSent' | 'putCardSent'>;

/** The tokens and cards that contacts have from this identity. All of it goes with the contact. */
export function createDeliveryTokens({ sql, writer }: StoreParts): DeliveryTokens {
  return {
    tokenSeed: ({ contactId, fresh }) => seedOf(sql, contactId) ?? writer.write(() => addSeed(sql, contactId, fresh())),
    // Numbers go on: what the contact left somewhere under the old seed still comes, and they go on counting as well.
    dropTokenSeed: (contactId) => writer.write(() => sql.run('DELETE FROM token_seeds WHERE contact_id = $contactId', { contactId })),
    nextTokenOf: (by) =>
      sql.get<{ next_number: number }>('SELECT next_number FROM token_numbers WHERE contact_id = $contactId AND holder = $holder', by)?.next_number ?? 0,
    noteTokenUsed: (used) => writer.write(() => { noteUsed(sql, used); }),
    cardSent: (contactId) => sql.get<{ content: string }>('SELECT content FROM cards_sent WHERE contact_id = $contactId', { contactId })?.content,
    putCardSent: ({ contactId, content }) => writer.write(() => { putCardSent(sql, contactId, content); }),
  };
}

function seedOf(sql: SqlConnection, contactId: ContactId): Uint8Array | undefined {
  const row = sql.get<{ seed: Uint8Array<ArrayBuffer> }>('SELECT seed FROM token_seeds WHERE contact_id = $contactId', { contactId });
  return row === undefined ? undefined : fromBlob(row.seed);
}

function addSeed(sql: SqlConnection, contactId: ContactId, seed: Uint8Array): Uint8Array {
  requireContact(sql, contactId);
  sql.run('INSERT INTO token_seeds (contact_id, seed) VALUES ($contactId, $seed)', { contactId, seed: toBlob(seed) });
  return seed;
}

/** The number comes from the contact: one past what can be counted is no number. A later one may arrive before an earlier one. */
function noteUsed(sql: SqlConnection, { contactId, holder, index }: { contactId: ContactId; holder: OnionHost; index: number }): void {
  if (index < 0 || !Number.isSafeInteger(index + 1)) return;
  requireContact(sql, contactId);
  sql.run(
    `INSERT INTO token_numbers (contact_id, holder, next_number) VALUES ($contactId, $holder, $next)
     ON CONFLICT DO UPDATE SET next_number = max(next_number, $next)`,
    { contactId, holder, next: index + 1 },
  );
}

function putCardSent(sql: SqlConnection, contactId: ContactId, content: string | undefined): void {
  requireContact(sql, contactId);
  if (content === undefined) sql.run('DELETE FROM cards_sent WHERE contact_id = $contactId', { contactId });
  else sql.run('INSERT INTO cards_sent (contact_id, content) VALUES ($contactId, $content) ON CONFLICT DO UPDATE SET content = $content', { contactId, content });
}
