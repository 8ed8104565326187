import type { ListFilter, ListSort } from '../../../shared/lists/list-view';
import { setListView, useListViews, viewIn } from '../../state/lists/list-views';
import { markRows, useSelection } from '../../state/selection';

/** Shows the present mailbox in another order. */
export const sortList = (sort: ListSort): void => {
  const { identityId, folder } = useSelection.getState();
  if (!identityId) return;
  markRows([]);
  setListView(identityId, folder, { sort });
};

/** Shows only what passes all of these filters of the present mailbox; none shows everything. */
export const filterList = (filters: readonly ListFilter[]): void => {
  const { identityId, folder } = useSelection.getState();
  if (!identityId) return;
  // What is marked could be hidden now, and would go with the next verb all the same.
  markRows([]);
  setListView(identityId, folder, { filters });
};

/** Adds a filter to those of the present mailbox, or takes it away. */
export const toggleFilter = (filter: ListFilter): void => {
  const { identityId, folder, search } = useSelection.getState();
  if (search !== undefined) return;
  const { filters } = viewIn(useListViews.getState(), identityId, folder);
  filterList(filters.includes(filter) ? filters.filter((one) => one !== filter) : [...filters, filter]);
};
