import type { PeerNote } from '../../../../shared/peer-note';
import { MAX_CLIENTS_PER_ONION, MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import type { OwnDoor, StoredContact } from '../../ports';
import type { Mailbox, Services } from '../services';
import { fromBase64, toBase64 } from './octets';
import { sendNote } from './send-note';
import type { Noted, NoteServices } from './noted';

type DoorServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys'>;

const KEY_OCTETS = 32;

/** A contact is private and tells the way, or is so no longer. An onion that is none, or a key of another length, tells nothing. */
export function takeDoor(services: NoteServices, mailbox: Mailbox, { contact, note }: Noted<Extract<PeerNote, { kind: 'door' }>>): void {
  const { door, issuedAt } = note;
  if (issuedAt > services.clock.now() + MAX_CLOCK_SKEW_MS) return;
  const before = mailbox.mail.doorTo(contact.id);
  if (before && before.issuedAt > issuedAt) return;
  if (door === null) mailbox.mail.putDoorTo({ contactId: contact.id, door: undefined, issuedAt });
  else {
    const authKey = fromBase64(door.authKey);
    if (services.onionKeys.check(door.onion) !== 'ok' || authKey.length !== KEY_OCTETS) return;
    mailbox.mail.putDoorTo({ contactId: contact.id, door: { onion: door.onion, authKey, issuedAt }, issuedAt });
    services.onion.authorise({ host: door.onion, authKey });
  }
  if (before && before.onion !== door?.onion) services.onion.authorise({ host: before.onion, authKey: undefined });
  mailbox.post.wake();
}

/** Lets tor know the keys of all private contacts; they are kept by tor no longer than it runs. */
export function useDoorsOfContacts({ onion }: Pick<Services, 'onion'>, { mail }: Mailbox): void {
  for (const { door } of mail.doorsToContacts()) onion.authorise({ host: door.onion, authKey: door.authKey });
}

/**
 * Gives every contact a key to a door of ours while this identity is private, and shuts out who is blocked. True when a door has changed and must be
 * published anew.
 */
export function admitContacts(services: DoorServices, mailbox: Mailbox): boolean {
  const { mail } = mailbox;
  const admitted = new Set(mail.ownDoors().flatMap((door) => door.admitted.map(({ contactId }) => contactId)));
  const contacts = mail.contacts();
  const shutOut = contacts.filter(({ id, blocked }) => blocked && admitted.has(id));
  for (const { id } of shutOut) mail.shutOut(id);
  if (!mail.isPrivate()) return shutOut.length > 0;
  const waiting = contacts.filter(({ id, blocked }) => !blocked && !admitted.has(id));
  for (const contact of waiting) admit(services, mailbox, contact);
  return shutOut.length + waiting.length > 0;
}

function admit(services: DoorServices, mailbox: Mailbox, { id: contactId, address }: StoredContact): void {
  const secret = services.random.bytes(KEY_OCTETS);
  const { seed } = doorWithRoom(services, mailbox);
  mailbox.mail.admit({ contactId, doorSeed: seed, secret });
  const door = { onion: services.onionKeys.onionOf(seed), authKey: toBase64(secret) };
  sendNote(services, mailbox, { to: address, note: { kind: 'door', issuedAt: services.clock.now(), door } });
}

function doorWithRoom({ random }: DoorServices, { mail }: Mailbox): OwnDoor {
  const open = mail.ownDoors().find((door) => door.admitted.length < MAX_CLIENTS_PER_ONION);
  if (open) return open;
  const seed = random.bytes(KEY_OCTETS);
  mail.addDoor(seed);
  return { seed, admitted: [] };
}

/** Tells everybody who has a key that they need it no longer. The doors stay, for whoever hears of it late. */
export function openToAll(services: DoorServices, mailbox: Mailbox): void {
  const admitted = new Set(mailbox.mail.ownDoors().flatMap((door) => door.admitted.map(({ contactId }) => contactId)));
  for (const { address } of mailbox.mail.contacts().filter(({ id, blocked }) => admitted.has(id) && !blocked)) {
    sendNote(services, mailbox, { to: address, note: { kind: 'door', issuedAt: services.clock.now(), door: null } });
  }
}
