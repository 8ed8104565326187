import { ListFilter as FilterIcon } from 'lucide-react';
import { ListFilter } from '../../../../shared/lists/list-view';
import { filterList, sortList, toggleFilter } from '../../../actions/window/choose-list';
import { useListView } from '../../../queries/use-folder-rows';
import type { ListView } from '../../../state/lists/list-views';
import { isDefault } from '../../../state/lists/list-views';
import { useShownList } from '../../../queries/use-shown-list';
import { IconButton } from '../../../ui/IconButton';
import { Menu } from '../../../ui/menus/Menu';
import type { MenuEntry } from '../../../ui/menus/menu-entry';
import { filterWords, sortWords } from './list-view-words';
import styles from './Order.module.css';

const orders = (view: ListView): MenuEntry[] =>
  sortWords.map(({ sort, label }) => ({
    kind: 'item',
    label,
    checked: sort.by === view.sort.by && sort.direction === view.sort.direction,
    testId: `sort-${sort.by}-${sort.direction}`,
    run: () => sortList(sort),
  }));

const filters = (view: ListView): MenuEntry[] =>
  ListFilter.options.map((filter) => ({
    kind: 'item',
    label: `Only ${filterWords[filter].toLowerCase()}`,
    checked: view.filters.includes(filter),
    testId: `filter-${filter}`,
    ...(filter === 'unread' ? { shortcut: 'L' } : {}),
    run: () => toggleFilter(filter),
  }));

const showAll = (view: ListView): MenuEntry[] =>
  view.filters.length === 0
    ? []
    : [{ kind: 'separator' }, { kind: 'item', label: 'Show all', run: () => filterList([]) }];

/** In which order the list stands, and what it leaves out. */
export const ListOrder = () => {
  const view = useListView(useShownList());
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          icon={FilterIcon}
          label="Sort and filter"
          size="small"
          className={isDefault(view) ? undefined : styles.chosen}
          data-testid="list-order"
        />
      }
      entries={[...orders(view), { kind: 'separator' }, ...filters(view), ...showAll(view)]}
    />
  );
};
