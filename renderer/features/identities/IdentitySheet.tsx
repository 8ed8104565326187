import { useState } from 'react';
import { useIdentities } from '../../queries/use-identities';
import { closeIdentitySheet, useIdentitySheet } from '../../state/identity-sheet';
import { Dialog } from '../../ui/Dialog';
import { localPartOf } from '../../words/address-text';
import { DeleteIdentityDialog } from './DeleteIdentityDialog';
import { ExportSecretKeyDialog } from './ExportSecretKeyDialog';
import { IdentityDetails } from './IdentityDetails';

type Over = 'details' | 'delete' | 'export-secret';

/** The details of one identity over the window; stands once in the main window and shows whom `openIdentitySheet` names. */
export const IdentitySheet = () => {
  const identityId = useIdentitySheet((sheet) => sheet.identityId);
  const identity = useIdentities()?.find(({ id }) => id === identityId);
  const [over, setOver] = useState<Over>('details');
  if (identity === undefined) return null;
  const back = () => setOver('details');
  if (over === 'delete') {
    return (
      <DeleteIdentityDialog
        identity={identity}
        onClose={back}
        onDeleted={() => {
          back();
          closeIdentitySheet();
        }}
      />
    );
  }
  if (over === 'export-secret') return <ExportSecretKeyDialog identity={identity} onClose={back} />;
  return (
    <Dialog open onOpenChange={closeIdentitySheet} title={identity.label || localPartOf(identity.address)} size="large" testId="identity-sheet">
      <IdentityDetails key={identity.id} identity={identity} onDelete={() => setOver('delete')} onExportSecret={() => setOver('export-secret')} />
    </Dialog>
  );
};
