import type { ControlMessage } from '../../../../shared/control-message';
import type { StoredContact } from '../../ports/mail-records';
import type { Services } from '../mailbox';

export type ControlServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys' | 'custodyCrypto'>;

/** A note of a contact; `provedCode`: a one-time code of ours that came in the same mail. */
export type ReceivedControl<N extends ControlMessage = ControlMessage> = {
  readonly contact: StoredContact;
  readonly control: N;
  readonly provedCode?: string;
};
