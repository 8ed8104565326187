import { z } from 'zod';
import { Guest, GuestDays, GuestName, GuestQuota, NewGuest } from '../guests/guest';
import { GuestKeyProblem } from '../guests/guest-key';
import { IdentityId, MailAddress } from '../ids';
import { LocalPart } from '../local-part';
import { Bytes, method } from './rpc-kit';

const ofGuest = z.strictObject({ guestId: IdentityId });

/** People whom this person hosts. Part of `coreContract`; throws `identity-unknown` for a guest who is not there. */
export const guestContract = {
  'guests.view': method(z.strictObject({}), z.array(Guest)),
  /** Makes an onion, an address at it and a password, which is told here once. Throws `too-many`. */
  'guests.add': method(
    z.strictObject({ name: GuestName, localPart: LocalPart, quota: GuestQuota, days: GuestDays.optional() }),
    NewGuest,
  ),
  /** Certifies the public key that the guest's program has made, armored or binary, and hands it out from then on. */
  'guests.setKey': method(
    z.strictObject({ guestId: IdentityId, key: Bytes }),
    z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('certified'), guest: Guest }),
      z.strictObject({ outcome: z.literal('refused'), problem: GuestKeyProblem }),
    ]),
  ),
  /** The certified key, armored, for the guest's own program: others believe it. Throws `invalid-call` without one. */
  'guests.key': method(ofGuest, z.strictObject({ key: z.string() })),
  /** `days`: from now on; `null`: without end. */
  'guests.change': method(
    z.strictObject({
      guestId: IdentityId,
      name: GuestName.optional(),
      quota: GuestQuota.optional(),
      days: GuestDays.nullable().optional(),
    }),
    Guest,
  ),
  /** Another password in place of the one before; who is connected is cut off. */
  'guests.newPassword': method(ofGuest, NewGuest),
  /** The onion seed as 24 words: with them the guest takes the address to a Posthorn of their own. */
  'guests.words': method(ofGuest, z.strictObject({ words: z.array(z.string()) })),
  /** Deletes onion, key and mail. Throws `address-invalid` when the repeated address is another. */
  'guests.remove': method(z.strictObject({ guestId: IdentityId, confirmAddress: MailAddress }), z.array(Guest)),
} as const;
