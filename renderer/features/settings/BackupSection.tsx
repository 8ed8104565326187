import { Archive, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { PageSection } from '../../parts/PageFrame';
import { Button } from '../../ui/Button';
import { MakeBackupDialog } from './MakeBackupDialog';
import { SettingRow } from './SettingRow';
import { TestBackupDialog } from './TestBackupDialog';

/** Making a backup, and finding out whether one is good. */
export const BackupSection = () => {
  const [open, setOpen] = useState<'make' | 'test'>();
  const close = () => setOpen(undefined);
  return (
    <PageSection title="Backup">
      <SettingRow
        title="Make a backup"
        hint="One sealed file with all identities, keys and contacts, and your mail if you like. Without it, a lost computer is a lost address."
      >
        <Button icon={Archive} onClick={() => setOpen('make')} data-testid="make-backup">
          Back up…
        </Button>
      </SettingRow>
      <SettingRow
        title="Test a backup"
        hint="Really restores it, beside your profile and only for the test, and says what is in it."
      >
        <Button icon={ShieldCheck} onClick={() => setOpen('test')} data-testid="test-backup">
          Test…
        </Button>
      </SettingRow>
      {open === 'make' && <MakeBackupDialog onClose={close} onTest={() => setOpen('test')} />}
      {open === 'test' && <TestBackupDialog onClose={close} />}
    </PageSection>
  );
};
