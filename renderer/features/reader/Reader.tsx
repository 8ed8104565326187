import { Keyboard, MailOpen } from 'lucide-react';
import { showShortcuts } from '../../state/layout';
import { useSelection } from '../../state/selection';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Conversation } from './Conversation';
import { LinkDialog } from './LinkDialog';
import styles from './Reader.module.css';

const Nothing = () => {
  const marked = useSelection((selection) => selection.marked.size);
  return (
    <EmptyState
      icon={MailOpen}
      title={marked > 1 ? `${String(marked)} conversations selected` : 'No message selected'}
      text={
        marked > 1
          ? 'Archive, delete or flag them all at once.'
          : 'Choose one in the list, or go through it with J and K.'
      }
      action={
        <Button tone="quiet" icon={Keyboard} onClick={() => showShortcuts(true)} data-pane-focus>
          Keyboard shortcuts
        </Button>
      }
      testId="reader-empty"
    />
  );
};

/** The right side of the mail page: the open conversation. */
export const Reader = () => {
  const open = useSelection((selection) => selection.open);
  return (
    <section className={styles.reader} tabIndex={-1} aria-label="Reader" data-pane="reader" data-testid="reader">
      {open ? <Conversation key={open.messageId} open={open} /> : <Nothing />}
      <LinkDialog />
    </section>
  );
};
