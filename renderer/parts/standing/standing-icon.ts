import {
  BadgeCheck,
  ClockAlert,
  Handshake,
  KeyRound,
  OctagonAlert,
  ShieldAlert,
  ShieldX,
  UserRound,
} from 'lucide-react';
import type { Standing } from '../../../shared/trust';
import type { IconType } from '../../ui/Icon';

const icons: Readonly<Record<Standing['kind'], IconType>> = {
  'no-key': KeyRound,
  unverified: UserRound,
  verified: BadgeCheck,
  introduced: Handshake,
  changed: ShieldAlert,
  mismatch: OctagonAlert,
  expired: ClockAlert,
  revoked: ShieldX,
};

/** The icon of each standing: nobody who was not verified by the user has the check. */
export const standingIcon = (standing: Standing): IconType =>
  standing.kind === 'no-key' && standing.verified ? BadgeCheck : icons[standing.kind];
