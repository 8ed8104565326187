import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './Popover.module.css';

export type PopoverProps = { readonly label: string; readonly trigger: ReactElement; readonly children: ReactNode };

/** A small card that opens at its button and closes with Escape or a press elsewhere. */
export const Popover = ({ label, trigger, children }: PopoverProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content sideOffset={6} collisionPadding={12} className={styles.popover} aria-label={label}>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
