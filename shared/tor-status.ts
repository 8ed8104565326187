import { z } from 'zod';
import { Timestamp } from './ids';

/** What hinders tor, when it said so. */
export const TorWarning = z.enum([
  'cannot-connect',
  'clock-skew',
  'bridge-unreachable',
  'transport-missing',
  'binary-missing',
  'crashed',
]);
export type TorWarning = z.infer<typeof TorWarning>;

/**
 * Tor as the person sees it. `progress` is tor's bootstrap percentage; `summary` is a plain sentence fragment
 * («connecting to the Tor network»), never tor's own line.
 */
export const TorStatus = z.strictObject({
  phase: z.enum(['off', 'starting', 'connecting', 'online', 'restarting', 'no-network', 'failed']),
  progress: z.number().int().min(0).max(100),
  summary: z.string().max(200),
  warning: TorWarning.optional(),
  retryAt: Timestamp.optional(),
});
export type TorStatus = z.infer<typeof TorStatus>;
