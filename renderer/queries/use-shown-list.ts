import { useMemo } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { ShownList } from '../state/shown-list';
import { useSelection } from '../state/selection';
import { useIdentities } from './use-identities';

const none: readonly IdentityId[] = [];

/** The ids of all identities, oldest first; the same array as long as they are the same. */
const useIdentityIds = (): readonly IdentityId[] => {
  const identities = useIdentities();
  const key = identities?.map(({ id }) => id).join(' ');
  // Identities change whenever one goes online; the list is asked for anew only when there is another one.
  return useMemo(() => (key ? (key.split(' ') as IdentityId[]) : none), [key]);
};

/** What the list shows, unless a search is shown; undefined while there is no identity. */
export const useShownList = (): ShownList | undefined => {
  const { identityId, isUnified, folder } = useSelection();
  const all = useIdentityIds();
  return useMemo(() => {
    if (isUnified) return all.length > 0 ? { owner: 'all', identityIds: all, folder } : undefined;
    return identityId && { owner: identityId, identityIds: [identityId], folder };
  }, [identityId, isUnified, folder, all]);
};
