import { z } from 'zod';

/** A local part for a new identity: lower-case dot-atom without `+`, which is kept for tags. */
export const LocalPart = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/);
