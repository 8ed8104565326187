import type { ControlMessage } from '../../../../shared/wire/control-message';
import { INVITATION_LIFETIME_MS, MAX_OPEN_INVITATIONS } from '../../domain/lists/list-limits';
import { readGenesis } from '../../domain/lists/read-genesis';
import type { Acceptance } from '../../../../shared/mailing-lists/mailing-list';
import type { StoredInvitation } from '../../ports/storage/lists/mailing-lists';
import { fromBase64 } from '../control/base64';
import type { ControlServices, ReceivedControl } from '../control/control-message';
import type { Mailbox } from '../mailbox';
import { afterDeciding } from './change-members';
import { decide } from './decide';
import { listCrypto } from './list-crypto';
import { findList, openStored } from './open-list';
import { sendMissing } from './send-batches';

type Invite = ReceivedControl<Extract<ControlMessage, { kind: 'list.invite' }>>;
type Answer = ReceivedControl<Extract<ControlMessage, { kind: 'list.answer' }>>;

/**
 * A contact invites us. It is kept for the person when the list is the contact's own, since its founder alone takes
 * members, when it is not over, and when not too many wait.
 */
export function takeInvitation(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'lists'>,
  { contact, control }: Invite,
): void {
  const now = services.clock.now();
  const genesis = fromBase64(control.genesis);
  const of = readGenesis(listCrypto(services), genesis);
  if (!of || of.genesis.founder.address !== contact.address || control.expiresAt <= now) return;
  const known = mailbox.lists.invitations();
  if (known.some(({ id }) => id === control.invitation)) return;
  if (known.filter(({ isOurs, state }) => !isOurs && state === 'open').length >= MAX_OPEN_INVITATIONS) return;
  const expiresAt = Math.min(control.expiresAt, now + INVITATION_LIFETIME_MS);
  mailbox.lists.putInvitation({
    id: control.invitation,
    isOurs: false,
    state: 'open',
    peer: contact.address,
    expiresAt,
    genesis,
  });
}

/**
 * Somebody whom we invited answers. An acceptance counts once, from the one who was invited, until it is over. It makes
 * them a member, and they get what was said so far.
 */
export function takeAnswer(services: ControlServices, mailbox: Mailbox, { contact, control }: Answer): void {
  const invitation = mailbox.lists.invitations().find(({ id }) => id === control.invitation);
  const isDue = invitation?.isOurs === true && invitation.state === 'open' && invitation.peer === contact.address;
  if (!isDue || invitation.expiresAt <= services.clock.now()) return;
  const { acceptance } = control;
  if (acceptance && !takeMember(services, mailbox, { invitation, acceptance })) return;
  mailbox.lists.putInvitation({ ...invitation, state: acceptance ? 'accepted' : 'declined' });
}

/**
 * Makes somebody a member by their acceptance. Answers whether it counts: not when they have not signed it for this
 * list and invitation, nor when they are a member.
 */
function takeMember(
  services: ControlServices,
  mailbox: Mailbox,
  { invitation, acceptance }: { readonly invitation: StoredInvitation; readonly acceptance: Acceptance },
): boolean {
  const of = readGenesis(listCrypto(services), invitation.genesis);
  const list = of && findList(services, mailbox, of.list);
  if (!list || acceptance.invitation !== invitation.id) return false;
  const { peer: address } = invitation;
  const entries = decide(services, mailbox, list, () => ({ op: 'member.add', address, acceptance }));
  if (entries.length === 0) return false;
  afterDeciding(services, mailbox, { list, entries });
  // What does not fit is asked for.
  sendMissing(services, mailbox, { list: openStored(services, mailbox, list.stored), to: address, rows: [] });
  return true;
}
