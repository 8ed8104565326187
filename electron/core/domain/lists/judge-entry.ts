import { EntryId, type MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { onionOf } from '../mail-address';
import { MAX_BLOCK_BYTES, MAX_LIST_POST_BYTES } from './list-limits';
import { readEntryStatement, type Entry, type EntryFacts, type ListCrypto, type SignedEntry } from './entry';

export type EntryFault = 'malformed' | 'other-list' | 'wrong-lane' | 'too-large' | 'wrong-hash' | 'not-signed';

/** Checks what an entry says of itself: form, list, lane, size, hash, signature; the cheap checks first. */
export function judgeEntry(
  crypto: ListCrypto,
  list: MailingListId,
  signed: SignedEntry,
): { readonly entry: Entry } | { readonly fault: EntryFault } {
  const facts = readEntryStatement(signed.statement);
  if (!facts) return { fault: 'malformed' };
  const fault = faultOf(list, facts, signed.body);
  if (fault) return { fault };
  if (crypto.sha256(signed.body) !== facts.sha256) return { fault: 'wrong-hash' };
  const { statement, signature, body } = signed;
  if (!crypto.verify({ onion: onionOf(facts.author), text: statement, signature })) return { fault: 'not-signed' };
  return { entry: { ...facts, statement, signature, body, id: EntryId.parse(crypto.sha256(statement)) } };
}

function faultOf(list: MailingListId, facts: EntryFacts, body: Uint8Array): EntryFault | undefined {
  if (facts.list !== list) return 'other-list';
  if ((facts.kind === 'post') !== (facts.lane === 'posts')) return 'wrong-lane';
  if (body.length > (facts.kind === 'post' ? MAX_LIST_POST_BYTES : MAX_BLOCK_BYTES)) return 'too-large';
  return facts.length === body.length ? undefined : 'wrong-hash';
}
