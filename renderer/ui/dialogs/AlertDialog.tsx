import { AlertDialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../Button';
import { classNames } from '../class-names';
import styles from './Dialog.module.css';
import { useFocusBack } from './use-focus-back';

export type AlertDialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly text: ReactNode;
  /** The verb on the confirming button, such as `Delete`. */
  readonly confirm: string;
  readonly tone?: 'primary' | 'danger';
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly children?: ReactNode;
};

/** Asks before something that cannot be taken back. The focus starts on Cancel. */
export const AlertDialog = ({ open, onOpenChange, ...content }: AlertDialogProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className={styles.scrim} />
      <div className={styles.place}>
        <Content {...content} />
      </div>
    </Radix.Portal>
  </Radix.Root>
);

const Content = (props: Omit<AlertDialogProps, 'open' | 'onOpenChange'>) => {
  const { title, text, confirm, tone = 'primary', disabled = false, busy = false, onConfirm, children } = props;
  return (
    <Radix.Content
      className={classNames(styles.dialog, styles.small)}
      onCloseAutoFocus={useFocusBack()}
      data-testid="confirm-dialog"
    >
      <header className={styles.head}>
        <Radix.Title className={styles.title}>{title}</Radix.Title>
      </header>
      <div className={styles.body}>
        <Radix.Description asChild>
          <div>{text}</div>
        </Radix.Description>
        {children}
      </div>
      <footer className={styles.foot}>
        <Radix.Cancel asChild>
          <Button>Cancel</Button>
        </Radix.Cancel>
        <Button tone={tone} disabled={disabled} busy={busy} onClick={onConfirm} data-testid="confirm-button">
          {confirm}
        </Button>
      </footer>
    </Radix.Content>
  );
};
