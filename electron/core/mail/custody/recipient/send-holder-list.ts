import type { HolderCard } from '../../../../../shared/control-message';
import { toBase64 } from '../../control/base64';
import { onionOf } from '../../../domain/mail-address';
import type { Agreement } from '../../../ports/storage/custody-records';
import type { StoredContact } from '../../../ports/storage/mail-records';
import { sendControl } from '../../control/send-control';
import type { Mailbox } from '../../mailbox';
import { holdersInForce, mayLearnHolders } from './holders-in-force';
import { seedFor, type IssueServices } from './issue-tokens';

/**
 * Tells contacts who keeps mail for us, each once and again when it has changed; whoever may not learn it any more
 * loses their tokens.
 */
export function sendHolderLists(
  services: IssueServices,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'identity' | 'changes'>,
): void {
  const holders = holdersInForce(services, mailbox)
    .filter(({ peer }) => !isHidden(mailbox, peer))
    .map(({ peer, agreed }) => ({ onion: onionOf(peer), until: agreed.until }));
  for (const contact of mailbox.contacts.all()) {
    const before = mailbox.custody.asRecipient.listSent(contact.id);
    const isTold = mayLearnHolders(contact) && (holders.length > 0 || before !== undefined);
    if (!isTold && before !== undefined) withdrawHolderList(mailbox, contact);
    if (isTold) tell(services, mailbox, { contact, before, holders });
  }
}

/** Who has become private is found by their own contacts only: others could leave nothing there. */
function isHidden(mailbox: Pick<Mailbox, 'contacts'>, peer: Agreement['peer']): boolean {
  return mailbox.contacts.find(peer)?.isPrivate === true;
}

/** They are not told so: who was blocked hears nothing, and a token that works no longer says enough. */
export function withdrawHolderList(mailbox: Pick<Mailbox, 'custody'>, { id }: StoredContact): void {
  mailbox.custody.asRecipient.dropTokenSeed(id);
  mailbox.custody.asRecipient.putListSent({ contactId: id, content: undefined });
}

function tell(
  services: IssueServices,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
  { contact, before, holders }: { contact: StoredContact; before: string | undefined; holders: HolderCard['holders'] },
): void {
  const { seed, first: firstToken } = seedFor(services, mailbox, contact.id);
  const tokenSeed = toBase64(seed);
  const others = holders.filter(({ onion }) => onion !== onionOf(contact.address));
  const sent = before === undefined ? undefined : (JSON.parse(before) as HolderCard);
  if (sent && JSON.stringify([sent.tokenSeed, sent.holders]) === JSON.stringify([tokenSeed, others])) return;
  // They keep the newest: as with tokens, a clock that was ahead must not make them deaf.
  const issuedAt = Math.max(services.clock.now(), (sent?.issuedAt ?? -1) + 1);
  // A restore has blanked what is known of the last one: see `loseCount`.
  const lost = sent?.tokenSeed === '' ? { lostCount: true as const } : {};
  const card: HolderCard = { issuedAt, tokenSeed, firstToken, holders: others, ...lost };
  sendControl(services, mailbox, { to: contact.address, control: { kind: 'hold.card', card } });
  mailbox.custody.asRecipient.putListSent({ contactId: contact.id, content: JSON.stringify(card) });
}
