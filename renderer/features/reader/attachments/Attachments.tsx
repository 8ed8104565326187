import { Download, Paperclip } from 'lucide-react';
import { useState } from 'react';
import { saveAttachment, saveAttachments } from '../../../actions/messages/save-attachment';
import type { AttachmentSummary, MessageDetail } from '../../../../shared/message';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { IconButton } from '../../../ui/IconButton';
import { VisuallyHidden } from '../../../ui/VisuallyHidden';
import { sizeText } from '../../../words/size-text';
import { attachmentIcon, drawnType } from './attachment-kind';
import styles from './Attachments.module.css';
import { PictureDialog } from './PictureDialog';
import { PeerText } from '../../../ui/PeerText';
import { isolated } from '../../../../shared/text/text-direction';

type ChipProps = { readonly attachment: AttachmentSummary; readonly onOpen: () => void; readonly onSave: () => void };

const Chip = ({ attachment, onOpen, onSave }: ChipProps) => {
  const name = attachment.filename || 'Unnamed file';
  const drawn = drawnType(attachment.contentType) !== undefined;
  return (
    <li className={styles.chip} data-testid="attachment" data-filename={attachment.filename}>
      <button type="button" className={styles.open} onClick={drawn ? onOpen : onSave}>
        <VisuallyHidden>{drawn ? 'Show ' : 'Save '}</VisuallyHidden>
        <Icon icon={attachmentIcon(attachment.contentType)} size={18} />
        <span className={styles.words}>
          <span className={styles.name} data-hits="filename">
            <PeerText cut text={name} />
          </span>
          <span className={styles.size}>{sizeText(attachment.size)}</span>
        </span>
      </button>
      <IconButton
        icon={Download}
        label={`Save ${isolated(name)}`}
        size="small"
        onClick={onSave}
        data-testid="save-attachment"
      />
    </li>
  );
};

/** The files that came with a message; pictures of its HTML are shown there and not listed again. */
export const Attachments = ({ detail }: { readonly detail: MessageDetail }) => {
  const services = useServices();
  const [shown, setShown] = useState<AttachmentSummary>();
  const message = detail.summary;
  const files = detail.attachments.filter(
    ({ inline, contentId }) => !(inline && contentId !== undefined && detail.html !== undefined),
  );
  if (files.length === 0) return null;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <section className={styles.section} aria-label="Attachments" data-testid="attachments">
      <div className={styles.head}>
        <Icon icon={Paperclip} size={14} />
        <span>
          {files.length === 1 ? '1 attachment' : `${String(files.length)} attachments`} · {sizeText(total)}
        </span>
        {files.length > 1 && (
          <Button
            tone="quiet"
            icon={Download}
            onClick={() => void saveAttachments(services, { message, attachments: files })}
            data-testid="save-all"
          >
            Save all…
          </Button>
        )}
      </div>
      <ul className={styles.list}>
        {files.map((attachment) => (
          <Chip
            key={attachment.id}
            attachment={attachment}
            onOpen={() => setShown(attachment)}
            onSave={() => void saveAttachment(services, { message, attachment })}
          />
        ))}
      </ul>
      {shown && <PictureDialog message={message} attachment={shown} onClose={() => setShown(undefined)} />}
    </section>
  );
};
