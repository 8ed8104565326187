import { z } from 'zod';
import { MailAddress, Timestamp } from './ids';

/** What a backup holds, found by reading all of it. */
export const BackupContents = z.strictObject({
  createdAt: Timestamp,
  withMail: z.boolean(),
  identities: z.array(
    z.strictObject({
      address: MailAddress,
      label: z.string().max(60),
      contacts: z.number().int().nonnegative(),
      messages: z.number().int().nonnegative(),
    }),
  ),
});
export type BackupContents = z.infer<typeof BackupContents>;

/** Why a backup cannot be used; one sentence each in the window. */
export const BackupProblem = z.enum(['not-a-backup', 'wrong-passphrase', 'damaged', 'newer-version', 'incomplete']);
export type BackupProblem = z.infer<typeof BackupProblem>;

/** What a test of a backup, or restoring it, came to. */
export const BackupOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('good'), contents: BackupContents }),
  z.strictObject({ outcome: z.literal('refused'), problem: BackupProblem }),
]);
export type BackupOutcome = z.infer<typeof BackupOutcome>;

/** Progress of making, testing or restoring a backup. */
export const BackupProgress = z.strictObject({
  work: z.enum(['create', 'test', 'restore']),
  bytes: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().optional(),
});
export type BackupProgress = z.infer<typeof BackupProgress>;
