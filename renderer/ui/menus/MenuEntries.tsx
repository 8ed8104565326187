import type { ContextMenu, DropdownMenu } from 'radix-ui';
import { classNames } from '../class-names';
import type { MenuEntry } from './menu-entry';
import { MenuLine } from './MenuLine';
import styles from './Menu.module.css';

export type MenuEntriesProps = {
  readonly entries: readonly MenuEntry[];
  /** The pieces of the kind of menu that they stand in. */
  readonly pieces: Pick<typeof ContextMenu, 'Item' | 'Separator'> | Pick<typeof DropdownMenu, 'Item' | 'Separator'>;
};

/** The lines of a menu, of whichever kind. */
export const MenuEntries = ({ entries, pieces: { Item, Separator } }: MenuEntriesProps) =>
  entries.map((entry, index) =>
    entry.kind === 'separator' ? (
      <Separator key={`line-${index}`} className={styles.separator} />
    ) : (
      <Item
        key={entry.label}
        disabled={entry.disabled ?? false}
        onSelect={entry.run}
        data-testid={entry.testId}
        className={classNames(styles.item, entry.tone === 'danger' && styles.danger)}
      >
        <MenuLine entry={entry} />
      </Item>
    ),
  );
