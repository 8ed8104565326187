import { PosthornError } from '../../../../shared/errors';
import type { SavedSearch, SavedSearchId } from '../../../../shared/search/saved-search';
import { MAX_SAVED_SEARCHES } from '../../domain/limits';
import type { SavedSearches } from '../../ports/storage/message-search';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

type Row = Pick<SavedSearch, 'id' | 'name' | 'text'>;

/** Searches by name. What is in one is never read here: any text may be saved, and is shown as it was typed. */
export function createSavedSearches({ sql, writer, identityId }: StoreParts): SavedSearches {
  const all = (): SavedSearch[] =>
    sql.all<Row>('SELECT id, name, text FROM saved_searches ORDER BY row').map((row) => ({ ...row, identityId }));
  const get = (id: SavedSearchId): SavedSearch => {
    const found = sql.get<Row>('SELECT id, name, text FROM saved_searches WHERE id = $id', { id });
    if (found === undefined) throw unknownSearch();
    return { ...found, identityId };
  };
  const announce = (emit: Emit): void => emit({ type: 'searches.changed', identityId, searches: all() });
  return {
    all,
    add: ({ id, name, text }) =>
      writer.write((emit) => {
        if (all().length >= MAX_SAVED_SEARCHES)
          throw new PosthornError(
            'too-many',
            'There are too many saved searches. Delete one first; nothing was changed.',
          );
        sql.run('INSERT INTO saved_searches (id, name, text) VALUES ($id, $name, $text)', { id, name, text });
        announce(emit);
        return get(id);
      }),
    change: (id, { name, text }) =>
      writer.write((emit) => {
        const next = { ...get(id), ...(name === undefined ? {} : { name }), ...(text === undefined ? {} : { text }) };
        const row = { id, name: next.name, text: next.text };
        sql.run('UPDATE saved_searches SET name = $name, text = $text WHERE id = $id', row);
        announce(emit);
        return next;
      }),
    remove: (id) =>
      writer.write((emit) => {
        get(id);
        sql.run('DELETE FROM saved_searches WHERE id = $id', { id });
        announce(emit);
      }),
  };
}

function unknownSearch(): PosthornError {
  return new PosthornError('search-unknown', 'This saved search is no longer there. No mail was changed.');
}
