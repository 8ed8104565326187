import { z } from 'zod';
import { Fingerprint, IdentityId, MailAddress, Timestamp } from '../ids';
import { ProgramConnection } from '../programs/mail-program';

/** What the host calls a guest. */
export const GuestName = z.string().trim().min(1).max(60);

const MIB = 1024 * 1024;

/** Octets that the mail of a guest may have. */
export const GuestQuota = z
  .number()
  .int()
  .min(MIB)
  .max(1024 * 1024 * MIB);

/** Days until an agreement ends; a hundred years at most. */
export const GuestDays = z.number().int().min(1).max(36_500);

/**
 * What a guest still has. `in-force`: everything; `reading`: nothing comes and nothing leaves any more, and what is
 * here can be fetched; `over`: their onion is gone.
 */
export const GuestPhase = z.enum(['in-force', 'reading', 'over']);

/** A person without Posthorn whose mail lies here, sealed to their own key. */
export const Guest = z.strictObject({
  id: IdentityId,
  name: GuestName,
  address: MailAddress,
  createdAt: Timestamp,
  quota: GuestQuota,
  /** Octets of all that lies here for them. */
  used: z.number().int().nonnegative(),
  endsAt: Timestamp.optional(),
  phase: GuestPhase,
  /** Of the key that is handed out for them. Absent: they have none yet, and get and send nothing. */
  fingerprint: Fingerprint.optional(),
  /** When their program last logged in, to the minute. Absent: never. */
  lastUsedAt: Timestamp.optional(),
  /** Whether their onion can be reached; `damaged`: their mail cannot be opened. */
  state: z.enum(['offline', 'publishing', 'online', 'damaged']),
  /** Who is logged in there now. */
  connections: z.array(ProgramConnection),
});
export type Guest = z.infer<typeof Guest>;

/** A guest with the password of their program, which is told once and kept nowhere. */
export const NewGuest = z.strictObject({ guest: Guest, password: z.string().max(40) });
export type NewGuest = z.infer<typeof NewGuest>;
