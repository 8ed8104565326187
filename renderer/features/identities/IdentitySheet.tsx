import { Tabs } from 'radix-ui';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Identity } from '../../../shared/identity';
import { useIdentities } from '../../queries/use-identities';
import { closeIdentitySheet, useIdentitySheet } from '../../state/identity-sheet';
import { Dialog } from '../../ui/dialogs/Dialog';
import { localPartOf } from '../../words/address-text';
import { DeleteIdentityDialog } from './DeleteIdentityDialog';
import { ElsewhereBanner } from './ElsewhereBanner';
import { ExportSecretKeyDialog } from './ExportSecretKeyDialog';
import { IdentityDetails } from './IdentityDetails';
import { ImportOwnKeyDialog } from './ImportOwnKeyDialog';
import { KeyPage } from './KeyPage';
import { MoveDialog } from './MoveDialog';
import { PaperKeyDialog } from './PaperKeyDialog';
import { RenewKeyDialog } from './RenewKeyDialog';
import { ReplaceKeyDialog } from './ReplaceKeyDialog';
import { RevokeKeyDialog } from './RevokeKeyDialog';
import type { SheetDialog } from './sheet-dialog';
import styles from './identities.module.css';

/**
 * The details of one identity over the window; stands once in the main window and shows whom `openIdentitySheet` names.
 */
export const IdentitySheet = () => {
  const identityId = useIdentitySheet((sheet) => sheet.identityId);
  const identity = useIdentities()?.find(({ id }) => id === identityId);
  return identity === undefined ? null : <OpenSheet key={identity.id} identity={identity} />;
};

const OpenSheet = ({ identity }: { readonly identity: Identity }) => {
  const [dialog, setDialog] = useState<SheetDialog>();
  return (
    <Dialog
      open
      onOpenChange={closeIdentitySheet}
      title={identity.label || localPartOf(identity.address)}
      size="large"
      testId="identity-sheet"
    >
      <Tabs.Root defaultValue="address" className={styles.tabs}>
        <Tabs.List aria-label="Pages" className={styles.tabList}>
          <Tabs.Trigger value="address" className={styles.tab} data-testid="identity-tab-address">
            Address
          </Tabs.Trigger>
          <Tabs.Trigger value="key" className={styles.tab} data-testid="identity-tab-key">
            Key
          </Tabs.Trigger>
        </Tabs.List>
        <ElsewhereBanner identity={identity} />
        <Tabs.Content value="address" tabIndex={-1}>
          <IdentityDetails identity={identity} onShow={setDialog} />
        </Tabs.Content>
        <Tabs.Content value="key" tabIndex={-1}>
          <KeyPage identity={identity} onShow={setDialog} />
        </Tabs.Content>
      </Tabs.Root>
      {dialog !== undefined && dialogs[dialog]({ identity, onClose: () => setDialog(undefined) })}
    </Dialog>
  );
};

type DialogProps = { readonly identity: Identity; readonly onClose: () => void };

const dialogs: Readonly<Record<SheetDialog, (props: DialogProps) => ReactNode>> = {
  delete: (props) => <DeleteIdentityDialog {...props} onDeleted={closeIdentitySheet} />,
  'export-secret': (props) => <ExportSecretKeyDialog {...props} />,
  renew: (props) => <RenewKeyDialog {...props} />,
  replace: (props) => <ReplaceKeyDialog {...props} />,
  revoke: (props) => <RevokeKeyDialog {...props} />,
  import: (props) => <ImportOwnKeyDialog {...props} />,
  move: (props) => <MoveDialog {...props} />,
  paper: (props) => <PaperKeyDialog {...props} />,
};
