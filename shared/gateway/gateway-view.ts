import { z } from 'zod';
import { MailAddress, Timestamp } from '../ids';
import { OutsideDomain } from './outside-address';

/** Ports of a gateway: those below 1024 belong to the system. */
const Port = z.number().int().min(1_024).max(65_535);

/** How an identity is a gateway between Posthorn and ordinary e-mail. */
export const GatewaySettings = z.strictObject({
  isOn: z.boolean(),
  domain: OutsideDomain,
  /** Where the mail server of this machine brings mail, by LMTP. */
  lmtpPort: Port,
  /** Where that mail server takes mail, by SMTP. */
  mtaPort: Port,
  /** The name by which the mail server's own checks (SPF, DKIM, DMARC) sign what they found. */
  resultsOf: z
    .string()
    .regex(/^[a-z0-9.-]{1,100}$/)
    .optional(),
});
export type GatewaySettings = z.infer<typeof GatewaySettings>;

const AliasView = z.strictObject({ address: z.string().max(254), isEnded: z.boolean() });

/** Somebody whom a gateway relays for. */
export const ParticipantView = z.strictObject({
  participant: MailAddress,
  until: Timestamp,
  lettersADay: z.number().int().positive(),
  repliesOnly: z.boolean(),
  isEnded: z.boolean(),
  aliases: z.array(AliasView),
  /** Letters from outside that have not reached them yet. */
  waiting: z.number().int().nonnegative(),
});
export type ParticipantView = z.infer<typeof ParticipantView>;

/** `taken`: another program has the port; it is tried again. */
export const GatewayView = z.strictObject({
  settings: GatewaySettings.optional(),
  state: z.enum(['off', 'listening', 'taken']),
  participants: z.array(ParticipantView),
});
export type GatewayView = z.infer<typeof GatewayView>;
