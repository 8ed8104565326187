import { openScan } from '../../state/card-dialogs';
import { showView, useSelection } from '../../state/selection';

/** Opens the scanner for the chosen identity; without an identity, offers to make one. */
export const startScan = (): void => {
  const { identityId } = useSelection.getState();
  if (identityId) openScan({ identityId });
  else showView('new-identity');
};
