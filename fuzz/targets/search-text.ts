import { MAX_SEARCH_WORDS } from '../../electron/core/domain/limits';
import { searchTerms } from '../../electron/core/store/search/search-terms';
import { openTestStore } from '../../electron/core/store/testing/store-fixtures';
import { claim, claimBounded } from '../oracles/claims';
import { textOf } from '../oracles/texts';

const store = openTestStore();
process.once('exit', () => store.remove());

/** What is typed or pasted into the search field. All of it is words, none of it is the language of the database. */
export function fuzz(data: Uint8Array): void {
  const text = textOf(data);
  const terms = searchTerms(text);
  claimBounded(terms, { input: data, times: 3 });
  claim(terms === undefined || /^"(?:[^"]|"")+"\*(?: "(?:[^"]|"")+"\*)*$/u.test(terms), 'a word is not quoted');
  claim((terms?.match(/"\*(?= |$)/gu)?.length ?? 0) <= MAX_SEARCH_WORDS * 2, 'more words than are looked for');
  claim(store.store.search.find({ text, limit: 10 }).length === 0, 'something is found where nothing is');
}
