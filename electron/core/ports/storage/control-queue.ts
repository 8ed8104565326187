import type { MailAddress } from '../../../../shared/ids';
import type { NewControl } from './custody-records';

/**
 * What programs tell each other. A control message is no mail: no folder shows it, and it is gone when delivered or
 * given up.
 */
export type ControlQueue = {
  /**
   * Queues a control message with its one delivery. It replaces an undelivered one of the same topic to the same
   * recipient, unless that one is being sent.
   */
  queue(control: NewControl): void;
  /** Whether one of this topic is still on its way to this recipient. */
  isQueued(about: { readonly to: MailAddress; readonly topic: string }): boolean;
  /** Marks a control message as received; false when it was received before. */
  record(by: { readonly from: MailAddress; readonly rfcMessageId: string }): boolean;
};
