import type { MailAddress } from '../../../../shared/ids';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { privateOnionText } from '../../domain/custody/private-onion';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import type { OwnPrivateOnion } from '../../ports/storage/custody-records';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox, Services } from '../mailbox';
import { fromBase64, toBase64 } from '../control/base64';
import { sendControl } from '../control/send-control';
import type { ReceivedControl, ControlServices } from '../control/control-message';
import { PRIVATE_ONION_LIFETIME_MS, MAX_CLIENTS_PER_ONION } from '../../domain/custody-limits';

type PrivateOnionServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys' | 'custodyCrypto'>;

const KEY_OCTETS = 32;

/**
 * A contact tells the private onion at which we reach them, or that they are private no longer. Ignored when the onion
 * has not signed that it belongs to this contact, when its key has another length, when we know a newer one, or when it
 * comes from the future.
 */
export function acceptPrivateOnion(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'access' | 'changes'>,
  { contact, control }: ReceivedControl<Extract<ControlMessage, { kind: 'door' }>>,
): void {
  const { door: told, issuedAt } = control;
  if (issuedAt > services.clock.now() + MAX_CLOCK_SKEW_MS) return;
  const before = mailbox.access.ofContact(contact.id);
  if (before && before.issuedAt > issuedAt) return;
  if (told === null) mailbox.access.putOfContact({ contactId: contact.id, door: undefined, issuedAt });
  else {
    const authKey = fromBase64(told.authKey);
    const text = privateOnionText({ door: told.onion, identity: contact.address });
    if (
      authKey.length !== KEY_OCTETS ||
      !services.custodyCrypto.verify({ onion: told.onion, text, signature: told.signature })
    )
      return;
    mailbox.access.putOfContact({ contactId: contact.id, door: { onion: told.onion, authKey, issuedAt }, issuedAt });
    services.onion.authorise({ host: told.onion, authKey });
  }
  if (before && before.onion !== told?.onion) services.onion.authorise({ host: before.onion, authKey: undefined });
  mailbox.changes.queued();
  // Our correspondents cannot reach a private holder: their holder lists change.
  mailbox.changes.custody();
}

/** Gives tor the keys to the private onions of our contacts; tor forgets them when it ends. */
export function useContactOnions({ onion }: Pick<Services, 'onion'>, mailbox: Pick<Mailbox, 'access'>): void {
  for (const { door } of mailbox.access.ofContacts()) onion.authorise({ host: door.onion, authKey: door.authKey });
}

/** Gives every contact a key to a private onion while this identity is private, and shuts out blocked contacts. */
export function admitContacts(
  services: PrivateOnionServices,
  mailbox: Pick<Mailbox, 'contacts' | 'control' | 'access' | 'identity' | 'changes'>,
): void {
  const admitted = new Set(mailbox.access.own().flatMap((own) => own.admitted.map(({ contactId }) => contactId)));
  const contacts = mailbox.contacts.all();
  const shutOut = contacts.filter(({ id, blocked }) => blocked && admitted.has(id));
  for (const { id } of shutOut) mailbox.access.shutOut(id);
  if (!mailbox.access.isPrivate()) return;
  const waiting = contacts.filter(({ id, blocked }) => !blocked && !admitted.has(id));
  for (const contact of waiting) admit(services, mailbox, contact);
}

/**
 * The contacts that can find us, as a text to compare. It differs when a contact has come or gone, also by removal; the
 * private onions must be published again then.
 */
export function whoIsAdmitted(mailbox: Pick<Mailbox, 'access'>): string {
  return JSON.stringify(mailbox.access.own().map(({ admitted }) => admitted.map(({ contactId }) => contactId)));
}

function admit(
  services: PrivateOnionServices,
  mailbox: Pick<Mailbox, 'control' | 'access' | 'identity' | 'changes'>,
  { id: contactId, address }: StoredContact,
): void {
  const secret = services.random.bytes(KEY_OCTETS);
  const { seed } = onionWithRoom(services, mailbox);
  mailbox.access.admit({ contactId, privateOnionSeed: seed, secret });
  tellPrivateOnion(services, mailbox, { to: address, seed, secret });
}

function tellPrivateOnion(
  services: PrivateOnionServices,
  mailbox: Pick<Mailbox, 'control' | 'identity' | 'changes'>,
  { to, seed, secret }: { to: MailAddress; seed: Uint8Array; secret: Uint8Array },
): void {
  const onion = services.onionKeys.onionOf(seed);
  const text = privateOnionText({ door: onion, identity: mailboxOf(mailbox.identity().address) });
  const privateOnion = { onion, authKey: toBase64(secret), signature: services.custodyCrypto.sign({ seed, text }) };
  sendControl(services, mailbox, {
    to,
    lifetimeMs: PRIVATE_ONION_LIFETIME_MS,
    control: { kind: 'door', issuedAt: services.clock.now(), door: privateOnion },
  });
}

/** Tells contacts their keys again when the identity is private again: they were told that they need them no longer. */
export function tellPrivateOnionsAgain(
  services: PrivateOnionServices,
  mailbox: Pick<Mailbox, 'contacts' | 'control' | 'access' | 'identity' | 'changes'>,
): void {
  for (const { seed, admitted } of mailbox.access.own()) {
    for (const { contactId, secret } of admitted) {
      const contact = mailbox.contacts.find(contactId);
      if (contact && !contact.blocked) tellPrivateOnion(services, mailbox, { to: contact.address, seed, secret });
    }
  }
}

function onionWithRoom({ random }: PrivateOnionServices, mailbox: Pick<Mailbox, 'access'>): OwnPrivateOnion {
  const open = mailbox.access.own().find((own) => own.admitted.length < MAX_CLIENTS_PER_ONION);
  if (open) return open;
  const seed = random.bytes(KEY_OCTETS);
  mailbox.access.add(seed);
  return { seed, admitted: [] };
}

/**
 * Tells every contact with a key that they need it no longer. The private onions stay published, for contacts who hear
 * of it late.
 */
export function openToAll(
  services: PrivateOnionServices,
  mailbox: Pick<Mailbox, 'contacts' | 'control' | 'access' | 'identity' | 'changes'>,
): void {
  const admitted = new Set(mailbox.access.own().flatMap((own) => own.admitted.map(({ contactId }) => contactId)));
  for (const { address } of mailbox.contacts.all().filter(({ id, blocked }) => admitted.has(id) && !blocked)) {
    sendControl(services, mailbox, {
      to: address,
      lifetimeMs: PRIVATE_ONION_LIFETIME_MS,
      control: { kind: 'door', issuedAt: services.clock.now(), door: null },
    });
  }
}
