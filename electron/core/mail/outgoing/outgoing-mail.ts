import type { Mailbox, Owned } from '../mailbox';

/** Queued mail, and who wrote it. */
export type OutgoingMail = Pick<Mailbox, 'messages' | 'outbox'> & Owned;
