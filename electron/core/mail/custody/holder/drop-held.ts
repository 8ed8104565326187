import type { Agreement, HeldMail } from '../../../ports/storage/custody-records';
import type { Mailbox, Services } from '../../mailbox';
import { sendControl } from '../../control/send-control';

/** Deletes mail that is held for a client, who is told how many messages they will not get from us. */
export function dropHeld(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
  { agreement, held }: { readonly agreement: Agreement; readonly held: readonly HeldMail[] },
): void {
  if (held.length === 0) return;
  const since = held.reduce((earliest, { heldAt }) => Math.min(earliest, heldAt), Infinity);
  // The client is told first: a crash in between tells them twice rather than never.
  sendControl(services, mailbox, {
    to: agreement.peer,
    control: { kind: 'hold.expired', agreementId: agreement.id, count: held.length, since },
  });
  mailbox.custody.asHolder.dropHeld(
    held.map(({ id }) => id),
    { handedOver: false },
  );
}
