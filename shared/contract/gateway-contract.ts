import { z } from 'zod';
import { GatewaySettings, GatewayView } from '../gateway/gateway-view';
import { IdentityId, MailAddress, Timestamp } from '../ids';
import { method } from './rpc-kit';

const ofIdentity = z.strictObject({ identityId: IdentityId });
const ofParticipant = z.strictObject({ identityId: IdentityId, participant: MailAddress });

/** The last millisecond that is written with four digits of a year. */
const END_OF_9999 = 253_402_300_799_999;

/** A gateway to ordinary e-mail. Part of `coreContract`. */
export const gatewayContract = {
  'gateway.view': method(ofIdentity, GatewayView),
  /** Throws `port-refused`; then all is as it was. */
  'gateway.set': method(z.strictObject({ identityId: IdentityId, settings: GatewaySettings }), GatewayView),
  /** Relays for this person from now on, or by other terms; a letter tells them. */
  'gateway.allow': method(
    z.strictObject({
      identityId: IdentityId,
      participant: MailAddress,
      until: Timestamp.max(END_OF_9999),
      lettersADay: z.number().int().min(1).max(10_000),
      repliesOnly: z.boolean(),
    }),
    GatewayView,
  ),
  /** Relays nothing for this person any more. Throws `contact-unknown`. */
  'gateway.end': method(ofParticipant, GatewayView),
  /** Another alias. Throws `contact-unknown`, `too-many`. */
  'gateway.addAlias': method(ofParticipant, GatewayView),
  /** Nothing comes by this alias any more, for ever. Throws `address-invalid`. */
  'gateway.endAlias': method(z.strictObject({ identityId: IdentityId, alias: z.string().max(254) }), GatewayView),
  /** Lines for Postfix's configuration. Throws `invalid-call` before the gateway was set. */
  'gateway.postfixConfig': method(ofIdentity, z.strictObject({ text: z.string().max(20_000) })),
} as const;
