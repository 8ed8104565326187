import type { Delivery } from '../../../shared/message';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

/** Tries a waiting delivery now. */
export const tryDeliveryNow = async ({ core }: Services, delivery: Delivery): Promise<Delivery | undefined> =>
  tryOrTell(() => core.call('outbox.tryNow', { identityId: delivery.identityId, deliveryId: delivery.id }));

/** Gives a waiting delivery up. */
export const cancelDelivery = async ({ core }: Services, delivery: Delivery): Promise<Delivery | undefined> =>
  tryOrTell(() => core.call('outbox.cancel', { identityId: delivery.identityId, deliveryId: delivery.id }));
