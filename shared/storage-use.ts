import { z } from 'zod';
import { IdentityId } from './ids';

const Amount = z.strictObject({ count: z.number().int().nonnegative(), bytes: z.number().int().nonnegative() });

/** What can be freed in one go: first mail of strangers, mail kept for others, the trash. */
export const Freeable = z.enum(['requests', 'held', 'trash']);
export type Freeable = z.infer<typeof Freeable>;

/** What an identity takes on the disk, and who fills it. */
export const StorageUse = z.strictObject({
  identityId: IdentityId,
  /** Messages in every other folder. */
  mail: Amount,
  /** `limit`: octets that strangers may fill now. */
  requests: Amount.extend({ limit: z.number().int().nonnegative() }),
  held: Amount,
  trash: Amount,
  /** Other people's keys. */
  keys: Amount,
  /** The file in which all of it lies; it keeps its size when something is deleted, and fills the room again. */
  fileBytes: z.number().int().nonnegative(),
});
export type StorageUse = z.infer<typeof StorageUse>;
