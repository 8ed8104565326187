import { Flag, Paperclip, Reply, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { MessageSummary } from '../../../shared/message';
import { protectionReasonWords } from '../../parts/words';
import type { ThreadRow } from '../../queries/thread-rows';
import { Icon } from '../../ui/Icon';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import styles from './ThreadList.module.css';

const Protection = ({ message }: { readonly message: MessageSummary }) => {
  if (message.protection === 'own') return null;
  const verified = message.protection === 'verified';
  return (
    <span className={verified ? styles.good : styles.warning} data-protection={message.protection}>
      <Icon icon={verified ? ShieldCheck : ShieldAlert} size={14} />
      <VisuallyHidden>{protectionReasonWords[message.protectionReason].title}</VisuallyHidden>
    </span>
  );
};

/** The small signs at the end of a row, each with its word for screen readers. */
export const RowSigns = ({ row }: { readonly row: ThreadRow }) => (
  <span className={styles.signs}>
    {row.newest.answered && (
      <span>
        <Icon icon={Reply} size={14} />
        <VisuallyHidden>Answered</VisuallyHidden>
      </span>
    )}
    {row.attachments && (
      <span>
        <Icon icon={Paperclip} size={13} />
        <VisuallyHidden>Has attachments</VisuallyHidden>
      </span>
    )}
    {row.flagged && (
      <span className={styles.flag}>
        <Icon icon={Flag} size={13} />
        <VisuallyHidden>Flagged</VisuallyHidden>
      </span>
    )}
    <Protection message={row.newest} />
  </span>
);
