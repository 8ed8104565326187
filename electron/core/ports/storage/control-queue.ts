import type { MailAddress } from '../../../../shared/ids';
import type { NewControl } from './custody-records';

/**
 * What programs tell each other. A control message is no mail: no folder shows it, and it is gone when delivered or
 * given up.
 */
export type ControlQueue = {
  /**
   * Queues a note with its one delivery; an undelivered note with the same topic to the same recipient gives way,
   * unless it is being sent.
   */
  queue(control: NewControl): void;
  /** Marks a note as received; false when it was before. */
  record(by: { readonly from: MailAddress; readonly rfcMessageId: string }): boolean;
};
