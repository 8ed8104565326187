import { X } from 'lucide-react';
import { filterList, sortList } from '../../../actions/window/choose-list';
import { newestFirst } from '../../../../shared/lists/list-view';
import { useListView } from '../../../queries/use-folder-rows';
import { isDefault } from '../../../state/lists/list-views';
import type { ListView } from '../../../state/lists/list-views';
import { useShownList } from '../../../queries/use-shown-list';
import { IconButton } from '../../../ui/IconButton';
import { shownWords, sortWords } from './list-view-words';
import styles from './Order.module.css';

const said = ({ sort, filters }: ListView): string => {
  const order = sortWords.find((one) => one.sort.by === sort.by && one.sort.direction === sort.direction);
  const isPlain = isDefault({ sort, filters: [] });
  return [...(filters.length > 0 ? [shownWords(filters)] : []), ...(isPlain || !order ? [] : [order.label])].join(
    ' · ',
  );
};

const reset = (): void => {
  filterList([]);
  sortList(newestFirst);
};

/** Says that the list is not all of the mailbox with the newest on top, and leads back to that. */
export const ShownPart = () => {
  const view = useListView(useShownList());
  if (isDefault(view)) return null;
  return (
    <div className={styles.part} data-testid="list-part">
      <span className={styles.said} role="status">
        {said(view)}
      </span>
      <IconButton icon={X} label="Show all, newest first" size="small" onClick={reset} data-testid="list-reset" />
    </div>
  );
};
