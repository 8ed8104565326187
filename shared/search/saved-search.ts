import { z } from 'zod';
import { IdentityId } from '../ids';

/** A random UUID that names one saved search of one identity. */
export const SavedSearchId = z.uuid().brand<'SavedSearchId'>();
export type SavedSearchId = z.infer<typeof SavedSearchId>;

/** Characters of a search, in the field and saved. */
const MAX_TEXT = 2_000;

/** What is typed into the search field. Any text is one: what is no operator is a word. */
export const SearchText = z.string().min(1).max(MAX_TEXT);

/** The newest first, or what fits best. */
export const SearchOrder = z.enum(['newest', 'best']);
export type SearchOrder = z.infer<typeof SearchOrder>;

/** What a saved search is called. */
export const SavedSearchName = z.string().trim().min(1).max(100);

/** A search that is kept and shown beside the mailboxes. */
export const SavedSearch = z.strictObject({
  id: SavedSearchId,
  identityId: IdentityId,
  name: z.string().max(100),
  text: SearchText,
});
export type SavedSearch = z.infer<typeof SavedSearch>;

/** How many messages a search finds; past the count that is looked at there are more. */
export const SearchCount = z.strictObject({ count: z.number().int().nonnegative(), isMore: z.boolean() });
export type SearchCount = z.infer<typeof SearchCount>;
