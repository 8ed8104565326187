import { Ban, CircleAlert, CircleCheck, Clock, KeyRound, MoonStar, Package, Send } from 'lucide-react';
import type { DeliveryState } from '../../shared/message';
import type { IconType } from '../ui/Icon';

/** The sign of each state of a delivery; the words beside it carry the meaning. */
export const deliveryIcons: Readonly<Record<DeliveryState, IconType>> = {
  'waiting-for-tor': Clock,
  'waiting-for-key': KeyRound,
  'recipient-offline': MoonStar,
  delivering: Send,
  held: Package,
  delivered: CircleCheck,
  failed: CircleAlert,
  cancelled: Ban,
};
