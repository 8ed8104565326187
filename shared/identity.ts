import { z } from 'zod';
import { Fingerprint, IdentityId, MailAddress, OnionHost, Timestamp } from './ids';

/** Colours a person may give an identity; the renderer maps each to a light and a dark shade. */
export const IdentityColour = z.enum(['blue', 'teal', 'green', 'amber', 'orange', 'red', 'pink', 'violet', 'slate']);
export type IdentityColour = z.infer<typeof IdentityColour>;

/**
 * `paused`: the person took it offline; `offline`: tor is not ready; `online`: its descriptor is published; `damaged`:
 * its mail cannot be opened; `elsewhere`: another machine answers under its address: the copy it was restored from, or
 * a second one that runs now.
 */
export const Reachability = z.enum(['paused', 'offline', 'publishing', 'online', 'damaged', 'elsewhere']);
export type Reachability = z.infer<typeof Reachability>;

/** One of the person's identities as shown on this machine. `label` and `colour` never leave it. */
export const Identity = z.strictObject({
  id: IdentityId,
  address: MailAddress,
  onion: OnionHost,
  label: z.string().max(60),
  colour: IdentityColour,
  fingerprint: Fingerprint,
  createdAt: Timestamp,
  reachability: Reachability,
  /** Only its contacts can find it. */
  isPrivate: z.boolean(),
});
export type Identity = z.infer<typeof Identity>;
