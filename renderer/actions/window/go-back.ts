import { closeConversation, markRows, setSearch, showView, useSelection } from '../../state/selection';
import { focusPane } from './focus-pane';

/** One step back: out of a page, of a selection, of the reader, of a search. */
export const goBack = (): void => {
  const { view, marked, open, search } = useSelection.getState();
  if (view !== 'mail') showView('mail');
  else if (marked.size > 0) markRows([]);
  else if (open) closeConversation();
  else if (search !== undefined) setSearch(undefined);
  focusPane('list');
};
