import { useEffect } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { SavedSearch } from '../../shared/search/saved-search';
import { setSavedSearches, useSearches } from '../state/searches';
import { useServices } from '../state/services';

const none: readonly SavedSearch[] = [];

/** The saved searches of an identity; none until they are read. Later changes come as events. */
export const useSavedSearches = (identityId: IdentityId | undefined): readonly SavedSearch[] => {
  const { core } = useServices();
  const saved = useSearches((searches) => (identityId ? searches.saved[identityId] : undefined));
  const isMissing = saved === undefined;
  useEffect(() => {
    if (!identityId || !isMissing) return;
    core.call('searches.list', { identityId }).then(
      (searches) => setSavedSearches(identityId, searches),
      // The mail is there all the same; they are asked for again with the next identity.
      () => undefined,
    );
  }, [core, identityId, isMissing]);
  return saved ?? none;
};
