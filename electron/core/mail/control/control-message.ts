import type { ControlMessage } from '../../../../shared/control-message';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox, Services } from '../mailbox';

export type ControlServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys' | 'custodyCrypto'>;

/** A control message of a contact; `provedCode`: a one-time code of ours that came in the same mail. */
export type ReceivedControl<N extends ControlMessage = ControlMessage> = {
  readonly contact: StoredContact;
  readonly control: N;
  readonly provedCode?: string;
};

/**
 * Who acts on which kind of control message. The channel knows no kind: the table is made where all rooms are known
 * (`profile/control-table.ts`) and handed to whoever receives mail.
 */
export type ControlTable = {
  readonly [K in ControlMessage['kind']]: (
    services: ControlServices,
    mailbox: Mailbox,
    received: ReceivedControl<Extract<ControlMessage, { kind: K }>>,
  ) => void;
};
