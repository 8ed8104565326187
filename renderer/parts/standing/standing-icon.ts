import {
  BadgeCheck,
  ClockAlert,
  FileKey,
  Handshake,
  KeyRound,
  OctagonAlert,
  ShieldAlert,
  ShieldX,
  UserRound,
} from 'lucide-react';
import type { SignerStanding } from '../../../shared/signer-standing';
import type { IconType } from '../../ui/Icon';

const icons: Readonly<Record<SignerStanding['kind'], IconType>> = {
  'no-key': KeyRound,
  unverified: UserRound,
  verified: BadgeCheck,
  introduced: Handshake,
  changed: ShieldAlert,
  mismatch: OctagonAlert,
  expired: ClockAlert,
  revoked: ShieldX,
  'earlier-key': FileKey,
};

/** The icon of each standing: nobody who was not verified by the user has the check. */
export const standingIcon = (standing: SignerStanding): IconType => {
  if (standing.kind === 'no-key' && standing.verified) return BadgeCheck;
  return standing.kind === 'earlier-key' && standing.fate === 'revoked' ? ShieldX : icons[standing.kind];
};
