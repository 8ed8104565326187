import { Download, Ellipsis, KeySquare, Upload } from 'lucide-react';
import { useState } from 'react';
import type { IdentityId } from '../../../shared/ids';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/menus/Menu';
import { ExportKeysDialog } from './keys/ExportKeysDialog';
import { GnupgExportDialog } from './keys/GnupgExportDialog';
import { ImportKeysDialog } from './keys/ImportKeysDialog';

type Shown = 'import' | 'export' | 'gnupg' | undefined;

/** Keys of the whole address book: in from a file, out to one, and out for GnuPG. */
export const ContactsMenu = ({ identityId }: { readonly identityId: IdentityId }) => {
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label="More for contacts" data-testid="contacts-menu" />}
        entries={[
          { kind: 'item', label: 'Import keys…', icon: Download, run: () => setShown('import'), testId: 'import-keys' },
          { kind: 'item', label: 'Export keys…', icon: Upload, run: () => setShown('export'), testId: 'export-keys' },
          { kind: 'separator' },
          {
            kind: 'item',
            label: 'Export for GnuPG…',
            icon: KeySquare,
            run: () => setShown('gnupg'),
            testId: 'export-gnupg',
          },
        ]}
      />
      {shown === 'import' && <ImportKeysDialog identityId={identityId} onClose={close} />}
      {shown === 'export' && <ExportKeysDialog identityId={identityId} onClose={close} />}
      {shown === 'gnupg' && <GnupgExportDialog identityId={identityId} onClose={close} />}
    </>
  );
};
