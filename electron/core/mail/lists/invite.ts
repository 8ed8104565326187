import { PosthornError } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import { InvitationId, type MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { acceptanceText } from '../../domain/lists/acceptance';
import { INVITATION_LIFETIME_MS, MAX_LIST_MEMBERS } from '../../domain/lists/list-limits';
import { isMember } from '../../domain/lists/list-state';
import { readGenesis } from '../../domain/lists/read-genesis';
import { requireContact } from '../contacts/require-contact';
import { toBase64 } from '../control/base64';
import { sendControl } from '../control/send-control';
import type { Mailbox } from '../mailbox';
import { requireSteward } from './change-members';
import { requireRoomForList } from './create-list';
import { listCrypto } from './list-crypto';
import { makeListMailbox } from './make-list-mailbox';
import { requireList } from './open-list';
import type { ListServices } from './send-batches';
import { newInstall } from './write-to-log';

type Inviting = Pick<Mailbox, 'lists' | 'contacts' | 'control' | 'identity' | 'changes' | 'mailboxes'>;

/**
 * As a steward: asks a contact to join. An earlier invitation of theirs is void. Throws `list-unknown`,
 * `contact-unknown`, and `list-refused` for a member.
 */
export function inviteToList(
  services: ListServices,
  mailbox: Inviting,
  o: { readonly list: MailingListId; readonly contactId: ContactId },
): InvitationId {
  const list = requireList(services, mailbox, o.list);
  requireSteward(mailbox, list);
  const { address } = requireContact(mailbox, o.contactId);
  if (isMember(list.state, address))
    throw new PosthornError('list-refused', 'They are on this list already. Nobody was asked.');
  if (list.state.members.size >= MAX_LIST_MEMBERS)
    throw new PosthornError('too-many', 'This list has as many members as it can have. Nobody was asked.');
  const { genesis } = list.stored;
  for (const earlier of mailbox.lists.invitations())
    if (
      earlier.isOurs &&
      earlier.state === 'open' &&
      earlier.peer === address &&
      isOf(services, earlier.genesis, o.list)
    )
      mailbox.lists.putInvitation({ ...earlier, state: 'declined' });
  const invitation = InvitationId.parse(services.random.uuid());
  const expiresAt = services.clock.now() + INVITATION_LIFETIME_MS;
  mailbox.lists.putInvitation({ id: invitation, isOurs: true, state: 'open', peer: address, expiresAt, genesis });
  const control = { kind: 'list.invite' as const, invitation, genesis: toBase64(genesis), expiresAt };
  sendControl(services, mailbox, { to: address, control });
  return invitation;
}

const isOf = (services: ListServices, genesis: Uint8Array, list: MailingListId): boolean =>
  readGenesis(listCrypto(services), genesis)?.list === list;

/**
 * Answers an invitation. With `accepts` the list is there at once, and is told of its members when whoever invited us
 * has the answer. Throws `list-unknown` for an invitation that is over or was answered, `too-many`.
 */
export function answerInvitation(
  services: ListServices,
  mailbox: Inviting,
  o: { readonly invitation: InvitationId; readonly accepts: boolean },
): MailingListId {
  const { found, of } = requireInvitation(services, mailbox, o.invitation);
  const { peer: to, genesis } = found;
  if (!o.accepts) {
    mailbox.lists.putInvitation({ ...found, state: 'declined' });
    sendControl(services, mailbox, { to, control: { kind: 'list.answer', invitation: found.id } });
    return of.list;
  }
  const known = mailbox.lists.find(of.list);
  const install = known?.install ?? newInstall(services);
  if (known) mailbox.lists.change(of.list, { standing: 'joining', install });
  else {
    requireRoomForList(mailbox);
    const box = makeListMailbox(services, mailbox, of);
    mailbox.lists.add({ id: of.list, genesis, standing: 'joining', mailbox: box, install });
  }
  const acceptance = signAcceptance(services, mailbox, { list: of.list, invitation: found.id, install });
  sendControl(services, mailbox, { to, control: { kind: 'list.answer', invitation: found.id, acceptance } });
  mailbox.lists.putInvitation({ ...found, state: 'accepted' });
  mailbox.changes.lists();
  return of.list;
}

function requireInvitation(services: ListServices, { lists }: Pick<Mailbox, 'lists'>, invitation: InvitationId) {
  const found = lists.invitations().find(({ id }) => id === invitation);
  const of = found && readGenesis(listCrypto(services), found.genesis);
  const isDue = found?.isOurs === false && found.state === 'open' && found.expiresAt > services.clock.now();
  if (!of || !isDue) throw new PosthornError('list-unknown', 'There is no such invitation any more. Nothing was sent.');
  return { found, of };
}

function signAcceptance(
  services: ListServices,
  mailbox: Pick<Mailbox, 'identity'>,
  { list, ...o }: { list: MailingListId; invitation: InvitationId; install: ReturnType<typeof newInstall> },
) {
  const { address, onionSeed: seed } = mailbox.identity();
  const accepted = { ...o, at: services.clock.now() };
  const text = acceptanceText({ ...accepted, list, address });
  return { ...accepted, signature: services.custodyCrypto.sign({ seed, text }) };
}
