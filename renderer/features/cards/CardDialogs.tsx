import { useEffect } from 'react';
import { closeCardDialog, useCardDialog } from '../../state/card-dialogs';
import { OwnCardDialog } from './own/OwnCardDialog';
import { ScanDialog } from './scan/ScanDialog';

/**
 * The scanner or the own card over the window; stands once in the main window and goes with it when the profile is
 * locked.
 */
export const CardDialogs = () => {
  const dialog = useCardDialog((state) => state.dialog);
  useEffect(() => closeCardDialog, []);
  if (dialog === undefined) return null;
  if (dialog.kind === 'own') return <OwnCardDialog key={dialog.identityId} identityId={dialog.identityId} />;
  return <ScanDialog key={`${dialog.identityId} ${dialog.expected ?? ''}`} request={dialog} />;
};
