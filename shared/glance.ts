import { z } from 'zod';
import { TorStatus } from './tor-status';

const Count = z.number().int().nonnegative();

/**
 * What the desktop may show of a profile while nobody looks at the window: numbers and states, never a name, a subject
 * or an address. The core tells it to the main process, which knows nothing else of the mail.
 */
export const Glance = z.strictObject({
  /** `opening`: it is locked, and a passphrase is being tried. */
  profile: z.enum(['new', 'locked', 'opening', 'window-locked', 'unlocked']),
  tor: TorStatus.shape.phase,
  /** Of all inboxes. */
  unread: Count,
  /** Messages that wait to be sent. */
  waiting: Count,
  /** People whose mail is kept here. */
  keepsFor: Count,
  /** The person wants to be told of new mail. */
  notifies: z.boolean(),
  /** Mail that came into an inbox since the core was started, and how much of it had been written days before. */
  arrived: z.strictObject({ count: Count, late: Count }),
});
export type Glance = z.infer<typeof Glance>;
