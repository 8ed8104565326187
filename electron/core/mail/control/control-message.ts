import type { ControlMessage } from '../../../../shared/wire/control-message';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox, Services } from '../mailbox';

export type ControlServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys' | 'custodyCrypto'>;

/** A control message from a contact; `provedCode`: a one-time code of ours that came in the same mail. */
export type ReceivedControl<N extends ControlMessage = ControlMessage> = {
  readonly contact: StoredContact;
  readonly control: N;
  readonly provedCode?: string;
};

/**
 * The use case that acts on each kind of control message. This room knows no kind: the table is made on the floor that
 * knows all rooms (`profile/control-table.ts`) and handed to the use cases that receive mail.
 */
export type ControlTable = {
  readonly [K in ControlMessage['kind']]: (
    services: ControlServices,
    mailbox: Mailbox,
    received: ReceivedControl<Extract<ControlMessage, { kind: K }>>,
  ) => void;
};
