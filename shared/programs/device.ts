import { z } from 'zod';
import { IdentityId, OnionHost, ProgramId, Timestamp } from '../ids';
import { MailForm, ProgramConnection, ProgramName } from './mail-program';

/** What it is, as far as the steps to set it up differ. */
export const DeviceKind = z.enum(['phone', 'computer']);
export type DeviceKind = z.infer<typeof DeviceKind>;

/** The ports of a device's onion: those of IMAP (RFC 9051) and submission (RFC 6409). Tor encrypts both. */
export const devicePorts = { imap: 143, submission: 587 } as const;

/** A phone or another computer of this person: a mail program that comes in by an onion made for it alone. */
export const Device = z.strictObject({
  id: ProgramId,
  name: ProgramName,
  kind: DeviceKind,
  identityIds: z.array(IdentityId),
  form: MailForm,
  createdAt: Timestamp,
  /** When it last logged in, to the minute. Absent: never. */
  lastUsedAt: Timestamp.optional(),
  onion: OnionHost,
  /** Whether its onion can be reached by who has its key. */
  state: z.enum(['offline', 'publishing', 'online']),
  /** Who is logged in there now. */
  connections: z.array(ProgramConnection),
});
export type Device = z.infer<typeof Device>;

/** A device with its secrets, which are told once and kept nowhere. */
export const NewDevice = z.strictObject({
  device: Device,
  password: z.string().max(40),
  /** x25519 secret for the onion's descriptor (rend-spec-v3, client authorisation): base32 without padding. */
  clientKey: z.string().regex(/^[a-z2-7]{52}$/u),
});
export type NewDevice = z.infer<typeof NewDevice>;
