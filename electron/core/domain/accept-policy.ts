import type { MailAddress } from '../../../shared/ids';
import type { Protection, ProtectionReason } from '../../../shared/message';
import type { SmtpReply } from './refusals';
import { MAX_REQUEST_BYTES, MAX_REQUESTS_PER_SENDER } from './limits';
import { checkMailAddress, mailboxOf, type OnionCheck } from './mail-address';
import { smtpReplies } from './smtp-replies';

type AddressOrReply = { readonly address: MailAddress } | { readonly reply: SmtpReply };

/** MAIL FROM: an address at an onion; what it claims is proved by the signature at DATA (PROTOCOL.md 4). */
export function checkEnvelopeSender(text: string, checkOnion: OnionCheck): AddressOrReply {
  const checked = checkMailAddress(text, checkOnion);
  return checked.outcome === 'ok' ? { address: checked.address } : { reply: smtpReplies.senderNotOnion };
}

/** RCPT TO: this mailbox, with or without a tag; every other name gets the one same reply. */
export function checkEnvelopeRecipient(text: string, mailbox: MailAddress, checkOnion: OnionCheck): AddressOrReply {
  const checked = checkMailAddress(text, checkOnion);
  return checked.outcome === 'ok' && mailboxOf(checked.address) === mailbox
    ? { address: checked.address }
    : { reply: smtpReplies.noSuchMailbox };
}

/** The badge of a message with a valid signature: whether the message was meant for this mailbox, and protected. */
export function judgeProtection(o: {
  mailbox: MailAddress;
  addressedTo: readonly MailAddress[];
  headersProtected: boolean;
}): { protection: Protection; protectionReason: ProtectionReason } {
  if (!o.addressedTo.some((address) => mailboxOf(address) === o.mailbox)) {
    return { protection: 'unverified', protectionReason: 'not-addressed-to-you' };
  }
  return o.headersProtected
    ? { protection: 'verified', protectionReason: 'ok' }
    : { protection: 'unverified', protectionReason: 'headers-differ' };
}

/**
 * Where a message belongs: contacts, and people whom a trusted contact introduced, go to the inbox; strangers wait in
 * Requests while there is room.
 */
export function chooseFolder(o: {
  isKnown: boolean;
  /** Octets of the message, sealed or unsealed, whichever are more. */
  size: number;
  requestsFromSender: number;
  /** A holder hands it over. */
  isHeld?: boolean;
}): { readonly folder: 'inbox' | 'requests' } | { readonly reply: SmtpReply } {
  if (o.isKnown) return { folder: 'inbox' };
  if (o.size > MAX_REQUEST_BYTES) return { reply: smtpReplies.requestTooLarge };
  return o.requestsFromSender < MAX_REQUESTS_PER_SENDER ? { folder: 'requests' } : { reply: noRoomForRequest(o) };
}

/** What strangers have filled must not be worth a 4xx to a holder, who would offer it again and again. */
export function noRoomForRequest({ isHeld = false }: { readonly isHeld?: boolean }): SmtpReply {
  return isHeld ? smtpReplies.fullForHeld : smtpReplies.full;
}
