import type { MailAddress } from '../../../../shared/ids';
import type { PeerNote } from '../../../../shared/peer-note';
import { doorText } from '../../domain/custody/door';
import { DOOR_NOTE_LIFETIME_MS, MAX_CLIENTS_PER_ONION, MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import type { OwnDoor } from '../../ports/custody-store';
import type { StoredContact } from '../../ports/mail-records';
import type { Mailbox, Services } from '../mailbox';
import { fromBase64, toBase64 } from '../control/base64';
import { sendNote } from '../control/send-control';
import type { Noted, NoteServices } from '../control/control-message';

type DoorServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys' | 'holdingCrypto'>;

const KEY_OCTETS = 32;

/**
 * A contact is private and tells the way, or is so no longer. An onion that does not say so itself, or a key of another
 * length, tells nothing.
 */
export function takeDoor(
  services: NoteServices,
  mailbox: Mailbox,
  { contact, note }: Noted<Extract<PeerNote, { kind: 'door' }>>,
): void {
  const { door, issuedAt } = note;
  if (issuedAt > services.clock.now() + MAX_CLOCK_SKEW_MS) return;
  const before = mailbox.mail.doorTo(contact.id);
  if (before && before.issuedAt > issuedAt) return;
  if (door === null) mailbox.mail.putDoorTo({ contactId: contact.id, door: undefined, issuedAt });
  else {
    const authKey = fromBase64(door.authKey);
    const text = doorText({ door: door.onion, identity: contact.address });
    if (
      authKey.length !== KEY_OCTETS ||
      !services.holdingCrypto.verify({ onion: door.onion, text, signature: door.signature })
    )
      return;
    mailbox.mail.putDoorTo({ contactId: contact.id, door: { onion: door.onion, authKey, issuedAt }, issuedAt });
    services.onion.authorise({ host: door.onion, authKey });
  }
  if (before && before.onion !== door?.onion) services.onion.authorise({ host: before.onion, authKey: undefined });
  mailbox.post.wake();
  // A holder who hides is of no use to those who write to us.
  mailbox.post.refreshHolding();
}

/** Lets tor know the keys of all private contacts; they are kept by tor no longer than it runs. */
export function useDoorsOfContacts({ onion }: Pick<Services, 'onion'>, { mail }: Mailbox): void {
  for (const { door } of mail.doorsToContacts()) onion.authorise({ host: door.onion, authKey: door.authKey });
}

/** Gives every contact a key to a door of ours while this identity is private, and shuts out who is blocked. */
export function admitContacts(services: DoorServices, mailbox: Mailbox): void {
  const { mail } = mailbox;
  const admitted = new Set(mail.ownDoors().flatMap((door) => door.admitted.map(({ contactId }) => contactId)));
  const contacts = mail.contacts();
  const shutOut = contacts.filter(({ id, blocked }) => blocked && admitted.has(id));
  for (const { id } of shutOut) mail.shutOut(id);
  if (!mail.isPrivate()) return;
  const waiting = contacts.filter(({ id, blocked }) => !blocked && !admitted.has(id));
  for (const contact of waiting) admit(services, mailbox, contact);
}

/**
 * Who can find us; another text when anybody has come or gone, as a contact does who is removed, and the doors are to
 * be published anew.
 */
export function whoIsAdmitted({ mail }: Pick<Mailbox, 'mail'>): string {
  return JSON.stringify(mail.ownDoors().map(({ admitted }) => admitted.map(({ contactId }) => contactId)));
}

function admit(services: DoorServices, mailbox: Mailbox, { id: contactId, address }: StoredContact): void {
  const secret = services.random.bytes(KEY_OCTETS);
  const { seed } = doorWithRoom(services, mailbox);
  mailbox.mail.admit({ contactId, doorSeed: seed, secret });
  tellDoor(services, mailbox, { to: address, seed, secret });
}

function tellDoor(
  services: DoorServices,
  mailbox: Mailbox,
  { to, seed, secret }: { to: MailAddress; seed: Uint8Array; secret: Uint8Array },
): void {
  const onion = services.onionKeys.onionOf(seed);
  const text = doorText({ door: onion, identity: mailboxOf(mailbox.identity().address) });
  const door = { onion, authKey: toBase64(secret), signature: services.holdingCrypto.sign({ seed, text }) };
  sendNote(services, mailbox, {
    to,
    lifetimeMs: DOOR_NOTE_LIFETIME_MS,
    note: { kind: 'door', issuedAt: services.clock.now(), door },
  });
}

/** Private again: whoever has a key from before was told that they need it no longer. */
export function tellDoorsAgain(services: DoorServices, mailbox: Mailbox): void {
  for (const { seed, admitted } of mailbox.mail.ownDoors()) {
    for (const { contactId, secret } of admitted) {
      const contact = mailbox.mail.contact(contactId);
      if (contact && !contact.blocked) tellDoor(services, mailbox, { to: contact.address, seed, secret });
    }
  }
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
    sendNote(services, mailbox, {
      to: address,
      lifetimeMs: DOOR_NOTE_LIFETIME_MS,
      note: { kind: 'door', issuedAt: services.clock.now(), door: null },
    });
  }
}
