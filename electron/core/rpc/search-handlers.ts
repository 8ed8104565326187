import { present } from '../../../shared/present';
import { saveSearch } from '../mail/search/save-search';
import { countMail, searchMail } from '../mail/search/search-mail';
import { done, type Deps, type Handlers, type Of } from './handler-kit';

/** Looking for mail, and searches that are kept. */
export function searchHandlers({
  services,
  of,
}: Deps): Of<'searches'> & Pick<Handlers, 'messages.search' | 'messages.searchCount'> {
  return {
    'messages.search': (o) => {
      const { text, limit, order, before, isMonthFirst } = o;
      return searchMail(services, of(o), { text, limit, ...present({ order, before, isMonthFirst }) });
    },
    'messages.searchCount': (o) => {
      const { text, isMonthFirst } = o;
      return countMail(services, of(o), { text, ...present({ isMonthFirst }) });
    },
    'searches.list': (o) => of(o).search.saved.all(),
    'searches.save': (o) => saveSearch(services, of(o), o),
    'searches.change': (o) => of(o).search.saved.change(o.searchId, present({ name: o.name, text: o.text })),
    'searches.delete': (o) => (of(o).search.saved.remove(o.searchId), done),
  };
}
