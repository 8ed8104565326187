import { FolderOpen } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ChangeEvent } from 'react';
import type { IdentityId } from '../../../../shared/ids';
import type { KeyImport } from '../../../../shared/key-life';
import { importKeys } from '../../../actions/keys/exchange-keys';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import styles from '../ContactDialogs.module.css';
import { importLines } from './import-words';

export type ImportKeysDialogProps = { readonly identityId: IdentityId; readonly onClose: () => void };

/** Takes public keys in from a file and reports what came of it. */
export const ImportKeysDialog = ({ identityId, onClose }: ImportKeysDialogProps) => {
  const services = useServices();
  const task = useTask();
  const picker = useRef<HTMLInputElement>(null);
  const [report, setReport] = useState<KeyImport>();
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) void task.run(async () => setReport(await importKeys(services, { identityId, file })));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Import keys"
      description="Reads OpenPGP keys and the certifications on them from a file, as GnuPG and other programs export them. Nobody becomes a contact, and nobody is verified by it: certifications count when you have verified whoever made them and named them an introducer."
      footer={
        <>
          <Button onClick={onClose}>{report === undefined ? 'Cancel' : 'Close'}</Button>
          <Button
            tone="primary"
            icon={FolderOpen}
            busy={task.busy}
            onClick={() => picker.current?.click()}
            data-testid="import-keys-choose"
          >
            {report === undefined ? 'Choose a file…' : 'Another file…'}
          </Button>
        </>
      }
      testId="import-keys-dialog"
    >
      <input
        ref={picker}
        type="file"
        hidden
        accept=".asc,.gpg,.pgp,.key,.txt"
        onChange={pick}
        data-testid="import-keys-file"
      />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      {report !== undefined && <Report report={report} />}
    </Dialog>
  );
};

const Report = ({ report }: { readonly report: KeyImport }) => {
  const [taken, ...left] = importLines(report);
  return (
    <div className={styles.stack} role="status" data-testid="import-report">
      <Banner tone={report.keys + report.certifications > 0 ? 'good' : 'info'}>{taken}</Banner>
      {left.length > 0 && (
        <ul className={styles.lines}>
          {left.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
};
