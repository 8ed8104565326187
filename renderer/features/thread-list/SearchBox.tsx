import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { setSearch, useSelection } from '../../state/selection';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import styles from './ThreadList.module.css';

const leave = (): void => {
  setSearch(undefined);
  document.getElementById('thread-list')?.focus();
};

const keyDown = (event: KeyboardEvent): void => {
  if (event.key === 'Escape') leave();
  if (event.key === 'ArrowDown' || event.key === 'Enter') document.getElementById('thread-list')?.focus();
  if (['Escape', 'ArrowDown', 'Enter'].includes(event.key)) {
    event.preventDefault();
    event.stopPropagation();
  }
};

/** Finds mail of this identity in all folders. */
export const SearchBox = () => {
  const search = useSelection((selection) => selection.search);
  return (
    <div role="search" className={styles.search}>
      <Icon icon={Search} size={14} />
      <input
        dir="auto"
        id="search"
        type="search"
        aria-label="Search mail"
        placeholder="Search"
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        value={search ?? ''}
        data-testid="search"
        onChange={(event) => setSearch(event.target.value === '' ? undefined : event.target.value)}
        onKeyDown={keyDown}
      />
      {search !== undefined && <IconButton icon={X} label="End search" size="small" shortcut="Esc" onClick={leave} />}
    </div>
  );
};
