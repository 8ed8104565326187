import { File as FileIcon, X } from 'lucide-react';
import { Banner } from '../../../ui/Banner';
import { Icon } from '../../../ui/Icon';
import { IconButton } from '../../../ui/IconButton';
import { ProgressBar } from '../../../ui/ProgressBar';
import { sizeText } from '../../../words/size-text';
import styles from './AttachmentStrip.module.css';
import { ATTACHMENT_LIMIT } from './attachment-list';
import type { AttachmentItem } from './attachment-list';
import type { AttachmentEditor } from './use-attachments';
import { PeerText } from '../../../ui/PeerText';
import { isolated } from '../../../../shared/text/text-direction';

/** The attachments of the message, with progress while they are added and the reason when one was not. */
export const AttachmentStrip = ({ editor }: { readonly editor: AttachmentEditor }) => {
  const total = editor.items.reduce((sum, item) => sum + item.size, 0);
  if (editor.items.length === 0 && editor.refusal === undefined) return null;
  return (
    <div className={styles.strip}>
      {editor.refusal !== undefined && (
        <Banner tone="warning" testId="attachment-refusal">
          {editor.refusal}
        </Banner>
      )}
      <ul className={styles.list} aria-label="Attachments">
        {editor.items.map((item) => (
          <Attachment key={item.key} item={item} onRemove={() => editor.remove(item)} />
        ))}
      </ul>
      {editor.items.length > 0 && (
        <p className={styles.total}>
          {sizeText(total)} of {sizeText(ATTACHMENT_LIMIT)}
        </p>
      )}
    </div>
  );
};

const Attachment = ({ item, onRemove }: { readonly item: AttachmentItem; readonly onRemove: () => void }) => (
  <li
    className={styles.item}
    data-failed={item.error !== undefined || undefined}
    data-testid="compose-attachment"
    data-stored={item.id !== undefined || undefined}
  >
    <Icon icon={FileIcon} size={18} />
    <div className={styles.words}>
      <span className={styles.name}>
        <PeerText cut text={item.filename} />
      </span>
      {item.error === undefined ? (
        <span className={styles.size}>
          {sizeText(item.size)}
          {item.note !== undefined && ` · ${item.note}`}
        </span>
      ) : (
        <span role="alert">{item.error}</span>
      )}
      {item.id === undefined && item.error === undefined && (
        <ProgressBar value={item.percent < 100 ? item.percent : null} label={`Adding ${isolated(item.filename)}`} />
      )}
    </div>
    <IconButton icon={X} label={`Remove ${isolated(item.filename)}`} size="small" onClick={onRemove} />
  </li>
);
