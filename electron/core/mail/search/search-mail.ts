import type { ListPlace, MessageSummary } from '../../../../shared/message';
import type { SearchCount, SearchOrder } from '../../../../shared/search/saved-search';
import type { Mailbox, Services } from '../mailbox';

type Searching = { readonly text: string; readonly isMonthFirst?: boolean };

/** What a person looks for. `yesterday` counts from now; any text is a search. */
export function searchMail(
  { clock }: Pick<Services, 'clock'>,
  { search }: Pick<Mailbox, 'search'>,
  o: Searching & { readonly order?: SearchOrder; readonly before?: ListPlace; readonly limit: number },
): MessageSummary[] {
  return search.find({ ...o, now: clock.now() });
}

/** How many messages a search finds. */
export function countMail(
  { clock }: Pick<Services, 'clock'>,
  { search }: Pick<Mailbox, 'search'>,
  o: Searching,
): SearchCount {
  return search.count({ ...o, now: clock.now() });
}
