import { Ban, CheckCheck, CircleAlert, CircleCheck, Clock, KeyRound, MoonStar, Package, Send } from 'lucide-react';
import type { Delivery, DeliveryState } from '../../shared/message';
import type { IconType } from '../ui/Icon';

const icons: Readonly<Record<DeliveryState, IconType>> = {
  'waiting-for-tor': Clock,
  'waiting-for-key': KeyRound,
  'recipient-offline': MoonStar,
  delivering: Send,
  held: Package,
  delivered: CircleCheck,
  failed: CircleAlert,
  cancelled: Ban,
};

/** The sign of where a delivery stands; the words beside it carry the meaning. */
export const deliveryIcon = ({ state, readAt }: Delivery): IconType =>
  state === 'delivered' && readAt !== undefined ? CheckCheck : icons[state];
