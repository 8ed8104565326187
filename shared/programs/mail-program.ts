import { z } from 'zod';
import { IdentityId, ProgramId, Timestamp } from '../ids';
import { ProgramPorts } from '../settings';

/** Which mail program it is, as far as the steps to set it up differ. */
export const ProgramKind = z.enum(['thunderbird', 'mutt', 'apple-mail', 'other']);
export type ProgramKind = z.infer<typeof ProgramKind>;

/** How a program gets mail: as text that any program shows, or sealed as it came. */
export const MailForm = z.enum(['unsealed', 'sealed']);
export type MailForm = z.infer<typeof MailForm>;

/** What a person calls a program. */
export const ProgramName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^\P{Cc}*$/u);

/** Another mail program that may log in, with a password of its own. */
export const MailProgram = z.strictObject({
  id: ProgramId,
  name: ProgramName,
  kind: ProgramKind,
  identityIds: z.array(IdentityId),
  form: MailForm,
  createdAt: Timestamp,
  /** When it last logged in, to the minute. Absent: never. */
  lastUsedAt: Timestamp.optional(),
});
export type MailProgram = z.infer<typeof MailProgram>;

/** A program that is logged in now. */
export const ProgramConnection = z.strictObject({
  programId: ProgramId,
  identityId: IdentityId,
  protocol: z.enum(['imap', 'submission']),
  since: Timestamp,
  /** What it calls itself (RFC 2971). Nothing proves it. */
  clientName: z.string().max(60).optional(),
});
export type ProgramConnection = z.infer<typeof ProgramConnection>;

const PortState = z.strictObject({
  port: ProgramPorts.shape.imapPort,
  /** `taken`: it is turned on, and nobody can come in, since another program has the port. */
  state: z.enum(['off', 'listening', 'taken']),
});

/** All there is to know of other mail programs. */
export const ProgramAccess = z.strictObject({
  isOn: z.boolean(),
  imap: PortState,
  submission: PortState,
  programs: z.array(MailProgram),
  connections: z.array(ProgramConnection),
});
export type ProgramAccess = z.infer<typeof ProgramAccess>;
