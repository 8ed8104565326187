import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { present } from '../../../shared/present';
import type { MenuEntry } from './menu-entry';
import { MenuEntries } from './MenuEntries';
import styles from './Menu.module.css';

export type ContextMenuProps = {
  readonly entries: readonly MenuEntry[];
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactElement;
};

/** A line of the menu may have begun a text: it goes on there. */
const leaveFocusInText = (event: Event): void => {
  if (document.activeElement instanceof HTMLInputElement) event.preventDefault();
};

/** A menu at the pointer (or at the focused element, with the menu key). */
export const ContextMenu = ({ entries, onOpenChange, children }: ContextMenuProps) => (
  <Radix.Root modal={false} {...present({ onOpenChange })}>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content collisionPadding={8} className={styles.menu} onCloseAutoFocus={leaveFocusInText}>
        <MenuEntries entries={entries} pieces={Radix} />
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
