import { wipeMirror } from '../mirror/mirror-database';
import { loadIdentities, loadIdentity } from '../mirror/load';
import { useCompose } from '../state/compose';
import { setFolderCounts, useFolderCounts } from '../state/folder-counts';
import { usePages } from '../state/pages';
import { resetSelection, useSelection } from '../state/selection';
import type { Services } from '../state/services';
import { useSettings } from '../state/settings';
import { useTransfers } from '../state/transfers';
import { defaultSettings } from '../../shared/settings';
import { attempt } from './attempt';

const forgetStores = (): void => {
  useCompose.setState({ composers: [] });
  useFolderCounts.setState({ byIdentity: {} });
  usePages.setState({ byFolder: {} });
  useTransfers.setState({ byId: {} });
};

/**
 * Fills the window after the profile was unlocked, or the core was restarted: settings, identities, address books, counts.
 * Throws what the core threw when there are no identities to show; the rest may fail alone.
 */
export const openProfile = async (services: Services): Promise<void> => {
  useSettings.setState({ settings: await services.core.call('settings.get', {}) });
  const identities = await loadIdentities(services);
  usePages.setState({ byFolder: {} });
  const chosen = useSelection.getState().identityId;
  const current = identities.find(({ id }) => id === chosen) ?? identities[0];
  useSelection.setState({ identityId: current?.id });
  await attempt(async () => {
    for (const { id } of identities) setFolderCounts(id, await loadIdentity(services, id));
  });
};

/** Forgets everything that came from the vault: the profile was locked or removed. */
export const closeProfile = async ({ mirror }: Services): Promise<void> => {
  forgetStores();
  resetSelection();
  // The theme is no secret, and a lock screen that flashes white at night is no kindness.
  const { theme } = useSettings.getState().settings;
  useSettings.setState({ settings: { ...defaultSettings, theme } });
  await wipeMirror(mirror);
};
