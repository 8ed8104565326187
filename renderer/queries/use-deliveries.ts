import { useCallback } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { Delivery } from '../../shared/message';
import { useServices } from '../state/services';
import { useLiveQuery } from './use-live-query';

/** The deliveries of an identity that are near the screen; undefined until they are read. */
export const useDeliveries = (identityId: IdentityId | undefined): Delivery[] | undefined => {
  const { mirror } = useServices();
  return useLiveQuery(
    useCallback(
      async () => (identityId ? mirror.deliveries.where('identityId').equals(identityId).toArray() : []),
      [mirror, identityId],
    ),
  );
};
