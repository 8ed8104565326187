/** Where a word may be looked for; without one, everywhere. `from`, `to` and `cc` know addresses and names. */
export type SearchField = 'from' | 'to' | 'cc' | 'subject' | 'filename';

/** What a message is or is not, as `is:` names it. */
export type SearchState = 'unread' | 'flagged' | 'answered' | 'verified' | 'own';

/**
 * What a person asks for, as a tree. Times are milliseconds since 1970, from the first to before the last; sizes are
 * octets.
 */
export type SearchQuery =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly SearchQuery[] }
  | { readonly kind: 'not'; readonly part: SearchQuery }
  /** `isExact`: it stood between quotation marks, so that its last word does not go on. */
  | { readonly kind: 'words'; readonly typed: string; readonly isExact: boolean; readonly field?: SearchField }
  | { readonly kind: 'is'; readonly state: SearchState }
  | { readonly kind: 'attachment' }
  /** The name of a mailbox or of a tag, as it was typed. */
  | { readonly kind: 'in' | 'tag'; readonly name: string }
  | { readonly kind: 'written'; readonly from: number; readonly until: number }
  | { readonly kind: 'size'; readonly over: number; readonly under: number };
