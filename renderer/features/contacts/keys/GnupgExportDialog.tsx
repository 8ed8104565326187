import type { IdentityId } from '../../../../shared/ids';
import { exportForGnupg } from '../../../actions/keys/exchange-keys';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import styles from '../ContactDialogs.module.css';

export type GnupgExportDialogProps = { readonly identityId: IdentityId; readonly onClose: () => void };

/** Saves two files after which GnuPG believes the same keys, and no others. */
export const GnupgExportDialog = ({ identityId, onClose }: GnupgExportDialogProps) => {
  const services = useServices();
  const task = useTask();
  const save = () =>
    void task.run(async () => {
      if (await exportForGnupg(services, identityId)) onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Export for GnuPG"
      description="Two files for your own key ring. With them GnuPG believes each contact’s onion for the addresses at that onion, and for no others."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={task.busy} onClick={save} data-testid="export-gnupg-save">
            Save both…
          </Button>
        </>
      }
      testId="export-gnupg-dialog"
    >
      <div className={styles.stack}>
        <p className={styles.soft}>Then type, in this order:</p>
        <pre className={styles.commands} data-selectable>
          gpg --allow-non-selfsigned-uid --import-options import-local-sigs --import posthorn-for-gnupg.asc{'\n'}
          gpg --import-ownertrust posthorn-ownertrust.txt
        </pre>
        <p className={styles.soft}>The files name everybody in this address book. Keep them to yourself.</p>
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </div>
    </Dialog>
  );
};
