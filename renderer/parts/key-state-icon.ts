import { KeyRound, ShieldAlert, ShieldCheck, ShieldX } from 'lucide-react';
import type { KeyState } from '../../shared/contact';
import type { IconType } from '../ui/Icon';

/** The icon of each key state. */
export const keyStateIcon: Readonly<Record<KeyState, IconType>> = {
  none: KeyRound,
  certified: ShieldCheck,
  changed: ShieldAlert,
  expired: ShieldAlert,
  revoked: ShieldX,
};
