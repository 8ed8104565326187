import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { classNames } from './class-names';
import type { MenuEntry } from './menu-entry';
import { MenuLine } from './MenuLine';
import styles from './Menu.module.css';

export type MenuProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A menu that drops from its button. */
export const Menu = ({ trigger, entries, align = 'start', side = 'bottom' }: MenuProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={styles.menu}>
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
