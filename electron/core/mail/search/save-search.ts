import type { SavedSearch } from '../../../../shared/search/saved-search';
import { SavedSearchId } from '../../../../shared/search/saved-search';
import type { Mailbox, Services } from '../mailbox';

/** Keeps a search by name. Throws `too-many`. */
export function saveSearch(
  { random }: Pick<Services, 'random'>,
  { search }: Pick<Mailbox, 'search'>,
  { name, text }: Pick<SavedSearch, 'name' | 'text'>,
): SavedSearch {
  return search.saved.add({ id: SavedSearchId.parse(random.uuid()), name, text });
}
