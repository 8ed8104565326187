import type { MailAddress } from '../../../../shared/ids';
import type { MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { batchTopicStart } from '../../domain/control/control-topic';
import { isMember, type ListState } from '../../domain/lists/list-state';
import { contactFor } from '../contacts/contact-for';
import type { Mailbox, Services } from '../mailbox';

type Following = Pick<Mailbox, 'lists' | 'control' | 'contacts' | 'keyring' | 'outbox' | 'identity' | 'changes'>;

/**
 * What follows from who the members are now: we know each of them, and what waits for somebody who is none any more is
 * not sent. Does nothing a second time.
 */
export function followState(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Following,
  { list, state }: { readonly list: MailingListId; readonly state: ListState },
): void {
  const self = mailbox.identity().address;
  if (isMember(state, self) && mailbox.lists.find(list)?.standing === 'joining')
    mailbox.lists.change(list, { standing: 'member' });
  for (const address of state.members.keys()) if (address !== self) contactFor(services, mailbox, address);
  for (const address of state.gone.keys()) stopSending(services, mailbox, { list, to: address });
}

function stopSending(
  services: Pick<Services, 'clock'>,
  mailbox: Following,
  { list, to }: { readonly list: MailingListId; readonly to: MailAddress },
): void {
  for (const id of mailbox.control.queuedTo({ to, topicStart: batchTopicStart(list) })) {
    const { attempts } = mailbox.outbox.delivery(id);
    const at = services.clock.now();
    mailbox.outbox.changeDelivery(id, { state: 'cancelled', reason: 'cancelled', attempts, at });
    // A try that is under way is broken off.
    mailbox.changes.delivery(id);
  }
}
