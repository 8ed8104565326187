import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './Tooltip.module.css';

/** Stands once around the whole window; makes neighbouring tooltips follow each other without delay. */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={450} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

export type TooltipProps = {
  readonly text: string;
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
};

/** Words that appear when the pointer or the focus rests on its one child. */
export const Tooltip = ({ text, shortcut, side = 'bottom', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content side={side} sideOffset={5} collisionPadding={8} className={styles.tooltip}>
        <span>{text}</span>
        {shortcut !== undefined && <span className={styles.shortcut}>{shortcut}</span>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
