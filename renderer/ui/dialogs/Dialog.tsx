import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';
import styles from './Dialog.module.css';
import { Icon } from '../Icon';
import { useFocusBack } from './use-focus-back';

export type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly size?: 'small' | 'normal' | 'large';
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode;
  readonly testId?: string;
  readonly children?: ReactNode;
};

/** A window in the window: holds the focus, closes with Escape, gives the focus back. */
export const Dialog = ({ open, onOpenChange, ...content }: DialogProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className={styles.scrim} />
      <div className={styles.place}>
        <Content {...content} />
      </div>
    </Radix.Portal>
  </Radix.Root>
);

const Content = ({
  title,
  description,
  size = 'normal',
  footer,
  testId,
  children,
}: Omit<DialogProps, 'open' | 'onOpenChange'>) => (
  <Radix.Content
    className={classNames(styles.dialog, styles[size])}
    onCloseAutoFocus={useFocusBack()}
    data-testid={testId}
    {...(description === undefined ? { 'aria-describedby': undefined } : {})}
  >
    <header className={styles.head}>
      <div className={styles.headline}>
        <Radix.Title className={styles.title}>{title}</Radix.Title>
        {description !== undefined && (
          <Radix.Description className={styles.description}>{description}</Radix.Description>
        )}
      </div>
    </header>
    <div className={styles.body}>{children}</div>
    {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
    {/* Last, so that the focus starts in what the dialog is about. */}
    <Radix.Close className={styles.close} aria-label="Close">
      <Icon icon={X} />
    </Radix.Close>
  </Radix.Content>
);
