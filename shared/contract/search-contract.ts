import { z } from 'zod';
import { IdentityId } from '../ids';
import { ListPlace, MessageSummary } from '../message';
import {
  SavedSearch,
  SavedSearchId,
  SavedSearchName,
  SearchCount,
  SearchOrder,
  SearchText,
} from '../search/saved-search';
import { method } from './rpc-kit';

const Done = z.strictObject({});
const ofIdentity = z.strictObject({ identityId: IdentityId });
const ofSearch = z.strictObject({ identityId: IdentityId, searchId: SavedSearchId });
const searching = z.strictObject({
  identityId: IdentityId,
  text: SearchText,
  /** How `03/04/2026` is read where the person lives. */
  isMonthFirst: z.boolean().optional(),
});

/** Looking for mail. What may be typed stands in `shared/search/parse-search.ts`; no text is refused. */
export const searchContract = {
  /** `before` is the last row that was shown. */
  'messages.search': method(
    searching.extend({
      order: SearchOrder.optional(),
      before: ListPlace.optional(),
      limit: z.number().int().min(1).max(500),
    }),
    z.array(MessageSummary),
  ),
  'messages.searchCount': method(searching, SearchCount),
  'searches.list': method(ofIdentity, z.array(SavedSearch)),
  'searches.save': method(ofIdentity.extend({ name: SavedSearchName, text: SearchText }), SavedSearch),
  'searches.change': method(
    ofSearch.extend({ name: SavedSearchName.optional(), text: SearchText.optional() }),
    SavedSearch,
  ),
  'searches.delete': method(ofSearch, Done),
} as const;
