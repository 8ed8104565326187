import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import type { MenuEntry } from './menu-entry';
import { MenuEntries } from './MenuEntries';
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
        <MenuEntries entries={entries} pieces={Radix} />
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
