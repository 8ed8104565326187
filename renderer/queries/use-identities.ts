import { useCallback } from 'react';
import type { Identity } from '../../shared/identity';
import { useSelection } from '../state/selection';
import { useServices } from '../state/services';
import { useLiveQuery } from './use-live-query';

/** The person's identities, oldest first; undefined until they are read. */
export const useIdentities = (): Identity[] | undefined => {
  const { mirror } = useServices();
  return useLiveQuery(useCallback(() => mirror.identities.orderBy('createdAt').toArray(), [mirror]));
};

/** The identity that is shown; undefined before there is one. */
export const useCurrentIdentity = (): Identity | undefined => {
  const identityId = useSelection((selection) => selection.identityId);
  return useIdentities()?.find((identity) => identity.id === identityId);
};
