import { wipeMirror } from '../../mirror/mirror-database';
import { loadIdentities, loadIdentity } from '../../mirror/load';
import { useCatchUp } from '../../state/catch-up';
import { useCompose } from '../../state/compose';
import { useConfirmation } from '../../state/questions/confirmation';
import { forgetCustodies } from '../../state/custody';
import { closeIdentitySheet } from '../../state/identity-sheet';
import { useLinkQuestion } from '../../state/questions/link-question';
import { setMailboxes, setTags, useMailboxes } from '../../state/mailboxes';
import { recallSorts, useListViews } from '../../state/lists/list-views';
import { usePages } from '../../state/pages';
import { forgetPrograms } from '../../state/programs';
import { forgetSearches } from '../../state/searches';
import { resetSelection, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';
import { useToasts } from '../../state/toasts';
import { useTransfers } from '../../state/transfers';
import { useVisibleRows } from '../../state/visible-rows';
import { defaultSettings } from '../../../shared/settings';
import { tryToRead } from '../window/try-or-tell';

const forgetStores = (): void => {
  useCompose.setState({ composers: [] });
  useMailboxes.setState({ byIdentity: {}, tags: {} });
  forgetCustodies();
  usePages.setState({ byFolder: {} });
  useListViews.setState({ byMailbox: {} });
  forgetSearches();
  forgetPrograms();
  useTransfers.setState({ byId: {} });
  useCatchUp.setState({ byKey: {} });
  useVisibleRows.setState({ rows: [], opened: undefined });
  useLinkQuestion.setState({ link: undefined });
  useConfirmation.setState({ question: undefined });
  closeIdentitySheet();
  // What went wrong stays: it names nobody, and whoever locked may not have read it.
  useToasts.setState(({ shown }) => ({ shown: shown.filter(({ tone }) => tone === 'danger') }));
};

/**
 * Fills the window after the profile was unlocked, or the core was restarted: settings, identities, address books,
 * counts. Throws what the core threw when there are no identities to show; the rest may fail alone.
 */
export const openProfile = async (services: Services): Promise<void> => {
  // A core that was restarted begins anew, and says so again.
  useCatchUp.setState({ byKey: {} });
  const settings = await services.core.call('settings.get', {});
  useSettings.setState({ settings });
  recallSorts(settings.listSorts ?? []);
  const identities = await loadIdentities(services);
  usePages.setState({ byFolder: {} });
  const chosen = useSelection.getState().identityId;
  const current = identities.find(({ id }) => id === chosen) ?? identities[0];
  useSelection.setState({ identityId: current?.id });
  for (const { id } of identities)
    await tryToRead(async () => {
      const { mailboxes, tags } = await loadIdentity(services, id);
      setMailboxes(id, mailboxes);
      setTags(id, tags);
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
