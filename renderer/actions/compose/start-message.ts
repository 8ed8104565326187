import { openComposer } from '../../state/compose';
import { showView, useSelection } from '../../state/selection';

/** Opens an empty composer for the chosen identity; without an identity, offers to make one. */
export const startMessage = (): void => {
  const { identityId } = useSelection.getState();
  if (identityId) openComposer({ identityId });
  else showView('new-identity');
};
