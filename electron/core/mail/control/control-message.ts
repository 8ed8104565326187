import type { PeerNote } from '../../../../shared/peer-note';
import type { StoredContact } from '../../ports/mail-records';
import type { Services } from '../mailbox';

export type NoteServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys' | 'holdingCrypto'>;

/** A note of a contact; `provedCode`: a one-time code of ours that came in the same mail. */
export type Noted<N extends PeerNote = PeerNote> = {
  readonly contact: StoredContact;
  readonly note: N;
  readonly provedCode?: string;
};
