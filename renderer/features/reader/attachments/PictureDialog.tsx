import { Download } from 'lucide-react';
import { saveAttachment } from '../../../actions/messages/save-attachment';
import type { AttachmentSummary, MessageSummary } from '../../../../shared/message';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Spinner } from '../../../ui/Spinner';
import { sizeText } from '../../../words/size-text';
import styles from './Attachments.module.css';
import { usePicture } from './use-picture';
import { isolated } from '../../../../shared/text/text-direction';

export type PictureDialogProps = {
  readonly message: MessageSummary;
  readonly attachment: AttachmentSummary;
  readonly onClose: () => void;
};

/** A picture among the attachments, shown large. */
export const PictureDialog = ({ message, attachment, onClose }: PictureDialogProps) => {
  const services = useServices();
  const picture = usePicture({ message, attachment });
  return (
    <Dialog
      open
      size="large"
      onOpenChange={onClose}
      title={isolated(attachment.filename) || 'Picture'}
      description={sizeText(attachment.size)}
      testId="picture-dialog"
      footer={
        <Button icon={Download} onClick={() => void saveAttachment(services, { message, attachment })}>
          Save…
        </Button>
      }
    >
      {picture.state === 'ready' && (
        <img className={styles.preview} src={picture.url} alt={isolated(attachment.filename) || 'Attached picture'} />
      )}
      {picture.state === 'failed' && (
        <p>This picture could not be read. It may be damaged; saving it may still work.</p>
      )}
      {picture.state === 'loading' && (
        <div className={styles.waiting}>
          <Spinner label="Loading the picture" />
        </div>
      )}
    </Dialog>
  );
};
