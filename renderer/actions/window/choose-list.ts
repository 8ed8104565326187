import type { ListFilter } from '../../../shared/lists/list-view';
import type { ListSort } from '../../../shared/message';
import { setListView, useListViews, viewIn } from '../../state/lists/list-views';
import { markRows, useSelection } from '../../state/selection';

const shownNow = () => {
  const { identityId, isUnified, folder } = useSelection.getState();
  return { owner: isUnified ? ('all' as const) : identityId, folder };
};

/** Shows the present mailbox in another order. */
export const sortList = (sort: ListSort): void => {
  const { owner, folder } = shownNow();
  if (!owner) return;
  markRows([]);
  setListView(owner, folder, { sort });
};

/** Shows only what passes all of these filters of the present mailbox; none shows everything. */
export const filterList = (filters: readonly ListFilter[]): void => {
  const { owner, folder } = shownNow();
  if (!owner) return;
  // What is marked could be hidden now, and would go with the next verb all the same.
  markRows([]);
  setListView(owner, folder, { filters });
};

/** Adds a filter to those of the present mailbox, or takes it away. */
export const toggleFilter = (filter: ListFilter): void => {
  if (useSelection.getState().search !== undefined) return;
  const { owner, folder } = shownNow();
  const { filters } = viewIn(useListViews.getState(), owner, folder);
  filterList(filters.includes(filter) ? filters.filter((one) => one !== filter) : [...filters, filter]);
};
