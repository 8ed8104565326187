import type { ControlMessage } from '../../../../../shared/wire/control-message';
import { fromBase64 } from '../../control/base64';
import { TOKEN_SEED_OCTETS } from '../../../domain/custody/token';
import { MAX_CLOCK_SKEW_MS } from '../../../domain/limits';
import type { ControlServices, ReceivedControl } from '../../control/control-message';
import type { Mailbox } from '../../mailbox';
import { withdrawHolderList } from '../recipient/send-holder-list';
import { MAX_HOLDERS } from '../../../domain/custody-limits';

type HolderListOf = ReceivedControl<Extract<ControlMessage, { kind: 'hold.card' }>>;

/** As sender: stores the holders with which we may leave mail for a contact. */
export function acceptHolderList(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'custody' | 'changes'>,
  { contact, control }: HolderListOf,
): void {
  const { card: list } = control;
  const isFromTheFuture = list.issuedAt > services.clock.now() + MAX_CLOCK_SKEW_MS;
  if (isFromTheFuture || fromBase64(list.tokenSeed).length !== TOKEN_SEED_OCTETS) return;
  const holders = list.holders.filter(({ onion }) => services.onionKeys.check(onion) === 'ok').slice(0, MAX_HOLDERS);
  if (list.lostCount && list.issuedAt > (mailbox.custody.asSender.holderList(contact.id)?.issuedAt ?? -1))
    withdrawHolderList(mailbox, contact);
  mailbox.custody.asSender.putHolderList({ contactId: contact.id, card: { ...list, holders } });
  // A contact who has lost count of our tokens is given another seed.
  if (list.lostCount) mailbox.changes.custody();
  mailbox.changes.queued();
}
