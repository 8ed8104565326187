import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { classNames } from './class-names';
import type { MenuEntry } from './menu-entry';
import { MenuLine } from './MenuLine';
import styles from './Menu.module.css';

export type ContextMenuProps = {
  readonly entries: readonly MenuEntry[];
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactElement;
};

/** A menu at the pointer (or at the focused element, with the menu key). */
export const ContextMenu = ({ entries, onOpenChange, children }: ContextMenuProps) => (
  <Radix.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content collisionPadding={8} className={styles.menu}>
        {entries.map((entry, index) =>
          entry.kind === 'separator' ? (
            <Radix.Separator key={`line-${index}`} className={styles.separator} />
          ) : (
            <Radix.Item
              key={entry.label}
              disabled={entry.disabled ?? false}
              onSelect={entry.run}
              data-testid={entry.testId}
              className={classNames(styles.item, entry.tone === 'danger' && styles.danger)}
            >
              <MenuLine entry={entry} />
            </Radix.Item>
          ),
        )}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
