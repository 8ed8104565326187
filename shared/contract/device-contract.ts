import { z } from 'zod';
import { IdentityId, ProgramId } from '../ids';
import { Device, DeviceKind, NewDevice } from '../programs/device';
import { MailForm, ProgramName } from '../programs/mail-program';
import { method } from './rpc-kit';

const Devices = z.array(Device);

/** Phones and other computers of this person. Part of `coreContract`. */
export const deviceContract = {
  'devices.view': method(z.strictObject({}), Devices),
  /** Makes an onion, a key to it and a password for a device. Both are told here once, and kept nowhere. */
  'devices.add': method(
    z.strictObject({
      name: ProgramName,
      kind: DeviceKind,
      identityIds: z.array(IdentityId).min(1).max(100),
      form: MailForm,
    }),
    NewDevice,
  ),
  /** Takes onion, key and password away; what is connected is cut off at once. Throws `program-unknown`. */
  'devices.remove': method(z.strictObject({ programId: ProgramId }), Devices),
} as const;
