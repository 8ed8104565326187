import type { AddressProblem } from '../../shared/contact';
import type { ErrorCode } from '../../shared/errors';
import type { Reachability } from '../../shared/identity';
import type { DeliveryReason, DeliveryState, ProtectionReason } from '../../shared/message';
import type { TorStatus, TorWarning } from '../../shared/tor-status';

/** How loud a word is: the tones of `Badge`. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'danger';

/** A short title for a badge or heading, and one full sentence that explains it. */
export type Words = { readonly title: string; readonly sentence: string; readonly tone: Tone };

/** States of one recipient's delivery. */
export const deliveryStateWords: Readonly<Record<DeliveryState, Words>> = {
  'waiting-for-tor': {
    title: 'Waiting for Tor',
    sentence: 'The message leaves as soon as this computer is connected to the Tor network.',
    tone: 'neutral',
  },
  'waiting-for-key': {
    title: 'Waiting for their key',
    sentence: 'The message is sealed and sent as soon as the recipient’s onion hands out its key.',
    tone: 'neutral',
  },
  'recipient-offline': {
    title: 'Recipient offline',
    sentence: 'Their computer cannot be reached right now. Posthorn keeps trying for 14 days.',
    tone: 'neutral',
  },
  delivering: { title: 'Delivering', sentence: 'The message is on its way to the recipient’s computer.', tone: 'accent' },
  held: {
    title: 'Kept for them',
    sentence: 'Somebody whom they trust keeps the sealed message until they are online. It has not arrived yet; Posthorn goes on trying directly.',
    tone: 'accent',
  },
  delivered: { title: 'Delivered', sentence: 'The recipient’s computer has stored the message.', tone: 'good' },
  failed: { title: 'Not delivered', sentence: 'The message could not be delivered and will not be tried again.', tone: 'danger' },
  cancelled: { title: 'Cancelled', sentence: 'You stopped this delivery.', tone: 'neutral' },
};

/** Why the last try did not deliver, or why the delivery ended: a clause that follows «Not delivered: …». */
export const deliveryReasonWords: Readonly<Record<DeliveryReason, string>> = {
  none: '',
  offline: 'their computer was not online',
  'timed-out': 'their computer did not answer in time',
  'no-mail-service': 'their onion is online, but no mail program answers there',
  interrupted: 'the connection broke off halfway',
  busy: 'their computer asked to try again later',
  refused: 'their computer refused the message',
  'key-not-certified': 'their onion handed out a key that it does not vouch for',
  'key-changed': 'their onion now vouches for another key than before',
  'unknown-mailbox': 'nobody of that name lives at this onion',
  'too-large': 'the message is larger than they accept',
  'bad-address': 'the address is not a valid onion address',
  expired: 'they were not reachable for 14 days',
  unconfirmed: 'it was kept for them, but they never said that it came',
  cancelled: 'you stopped it',
};

/** How a delivery ended that did not succeed. What was kept for somebody may have come to them without their saying so. */
export const failureWords = (reason: DeliveryReason): string => {
  const title = reason === 'unconfirmed' ? 'Not confirmed' : deliveryStateWords.failed.title;
  return reason === 'none' ? title : `${title}: ${deliveryReasonWords[reason]}`;
};

/** Why a message carries its badge, or none. */
export const protectionReasonWords: Readonly<Record<ProtectionReason, Words>> = {
  ok: {
    title: 'Verified',
    sentence: 'Sealed for you and signed with the key that the sender’s onion vouches for. Nobody changed it on the way.',
    tone: 'good',
  },
  own: { title: 'Yours', sentence: 'You wrote this message on this computer.', tone: 'neutral' },
  'key-expired': {
    title: 'Not verified: key expired',
    sentence: 'It is signed, but the sender’s key had expired. Ask them to renew it.',
    tone: 'warning',
  },
  'key-revoked': {
    title: 'Not verified: key revoked',
    sentence: 'It is signed with a key that the sender has declared invalid. Do not rely on it.',
    tone: 'danger',
  },
  'not-addressed-to-you': {
    title: 'Not verified: not addressed to you',
    sentence: 'The signature is good, but the message does not name you as a recipient. Somebody may have passed it on.',
    tone: 'warning',
  },
  'headers-differ': {
    title: 'Not verified: headers differ',
    sentence: 'The signature is good, but the headers on the outside say something else than the sealed ones.',
    tone: 'warning',
  },
};

/** What is wrong with a typed address, and what to do. */
export const addressProblemWords: Readonly<Record<AddressProblem, string>> = {
  empty: 'Type an address such as name@….onion.',
  'no-at': 'An address needs an @ between the name and the onion.',
  'local-part': 'The part before the @ may only have lower-case letters, digits, and . _ - between them.',
  'not-onion': 'Posthorn writes to onion addresses only. The part after the @ must end in .onion.',
  length: 'The onion name must be exactly 56 characters long. Part of it may have been cut off.',
  alphabet: 'The onion name may only have the letters a–z and the digits 2–7. One character does not belong.',
  case: 'Onion addresses are written in lower case.',
  checksum: 'A character of the onion name is wrong: its checksum does not match. Copy the address again.',
  version: 'This is an onion name of another version. Posthorn needs a version 3 onion.',
  'low-order': 'This onion name is not a safe key. Nobody can have made it by accident; do not use it.',
  torsion: 'This onion name is not a safe key. Nobody can have made it by accident; do not use it.',
};

/** Every way a call can fail, as a sentence that says what happened and what to do. */
export const errorCodeWords: Readonly<Record<ErrorCode, string>> = {
  'invalid-call': 'Posthorn could not do that because something in the form is not valid. Please check it.',
  'profile-locked': 'Posthorn is locked. Unlock it with your passphrase and try again.',
  'profile-exists': 'There already is a profile on this computer. Unlock it with its passphrase.',
  'profile-in-use': 'Another Posthorn is already using this profile. Close it and try again.',
  'profile-damaged': 'The profile on this computer is damaged and cannot be opened. Restore it from a backup.',
  'passphrase-wrong': 'That passphrase is not right.',
  'passphrase-delayed': 'Too many wrong tries. Please wait a moment before the next one.',
  'identity-unknown': 'This identity no longer exists.',
  'message-unknown': 'This message no longer exists.',
  'contact-unknown': 'This contact no longer exists.',
  'contact-exists': 'This address is already in your contacts.',
  'delivery-unknown': 'This delivery no longer exists.',
  'attachment-unknown': 'This attachment no longer exists.',
  'address-invalid': 'One of the addresses is not a valid onion address.',
  'no-recipient': 'Add at least one recipient first.',
  'too-large': 'This is larger than Posthorn can send: 25 MB for a message with everything in it.',
  'too-many': 'That is more than Posthorn handles at once. Try with fewer.',
  'disk-full': 'The disk is full, so nothing was changed. Free some space and try again.',
  'store-damaged': 'The mail store of this identity is damaged. Your other identities are not affected.',
  'key-refused': 'The key was refused because the onion does not vouch for it.',
  'card-refused': 'This card cannot be trusted, so nothing was added and nobody was verified. Read it once more.',
  'hold-refused': 'That is not possible: only somebody verified or introduced can keep mail, and what was asked may be over by now. Nothing was changed.',
  'backup-refused': 'This file cannot be read as a backup. It may have been moved, or the drive it is on taken out. Nothing was changed.',
  'backup-unknown': 'This backup is no longer open because Posthorn was locked or restarted. Please begin again.',
  'trust-refused': 'Their key is not verified, or it is another than a moment ago. Nothing was changed; look at the contact again.',
  'message-refused': 'The message was refused because its signature or form is not valid.',
  'tor-missing': 'Tor is not installed. Mail waits until it is.',
  'tor-offline': 'This computer is not connected to the Tor network yet. Try again in a moment.',
  'worker-died': 'A part of Posthorn stopped and was started again. Please try once more.',
  'connection-closed': 'The mail service of Posthorn is restarting. Please try again in a moment.',
  internal: 'Something went wrong inside Posthorn. Nothing you wrote was lost; please try again.',
};

/** What hinders tor, and what the person can do. */
export const torWarningWords: Readonly<Record<TorWarning, Words & { readonly advice: readonly string[] }>> = {
  'cannot-connect': {
    title: 'Cannot reach the Tor network',
    sentence: 'This network may be down, or it may block Tor.',
    advice: ['Check that this computer is online.', 'If your network blocks Tor, add bridges in the settings.'],
    tone: 'warning',
  },
  'clock-skew': {
    title: 'The clock is wrong',
    sentence: 'Tor cannot work when the clock of this computer is far off.',
    advice: ['Set date, time and time zone of this computer correctly. Tor then connects by itself.'],
    tone: 'warning',
  },
  'bridge-unreachable': {
    title: 'The bridges do not answer',
    sentence: 'None of your bridges can be reached.',
    advice: ['Check the bridge lines in the settings.', 'Ask for fresh ones at bridges.torproject.org.'],
    tone: 'warning',
  },
  'binary-missing': {
    title: 'Tor is not installed',
    sentence: 'Posthorn found no tor program that it can start, so mail can neither leave nor arrive.',
    advice: ['Install Tor (on Debian and Ubuntu: sudo apt install tor), then start Posthorn again.'],
    tone: 'danger',
  },
  crashed: {
    title: 'Tor stopped unexpectedly',
    sentence: 'Posthorn starts it again by itself. Mail waits meanwhile and nothing is lost.',
    advice: ['If it keeps happening, restart Posthorn and check that the disk is not full.'],
    tone: 'warning',
  },
};

/** What tor is doing. */
export const torPhaseWords: Readonly<Record<TorStatus['phase'], Words>> = {
  off: { title: 'Tor is off', sentence: 'Mail neither leaves nor arrives while Tor is off.', tone: 'neutral' },
  starting: { title: 'Starting Tor', sentence: 'Tor is starting. Mail you send waits until it is connected.', tone: 'accent' },
  connecting: { title: 'Connecting', sentence: 'Connecting to the Tor network. Mail you send waits meanwhile.', tone: 'accent' },
  online: { title: 'Connected', sentence: 'Connected to the Tor network. Mail leaves and arrives directly.', tone: 'good' },
  restarting: { title: 'Restarting Tor', sentence: 'Tor stopped and is starting again. Mail waits meanwhile.', tone: 'warning' },
  'no-network': { title: 'No network', sentence: 'This computer is offline. Mail waits until it is back.', tone: 'warning' },
  failed: { title: 'Tor is not running', sentence: 'Mail can neither leave nor arrive until Tor runs again.', tone: 'danger' },
};

/** Whether others can reach an identity. */
export const reachabilityWords: Readonly<Record<Reachability, Words>> = {
  paused: { title: 'Paused', sentence: 'This identity appears offline to everybody until you resume it.', tone: 'warning' },
  offline: { title: 'Offline', sentence: 'Not reachable yet: waiting for the Tor network.', tone: 'neutral' },
  publishing: { title: 'Going online', sentence: 'Making this address known on the Tor network; this takes up to a minute.', tone: 'accent' },
  online: { title: 'Online', sentence: 'Others can deliver mail to this address now.', tone: 'good' },
  damaged: {
    title: 'Damaged',
    sentence: 'The mail store of this identity cannot be opened, so it neither sends nor receives. Your other identities are not affected.',
    tone: 'danger',
  },
  elsewhere: {
    title: 'Online elsewhere',
    sentence: 'Another machine answers under this address: the one that this identity was restored from, or a second copy that runs now. Mail may arrive there instead of here.',
    tone: 'warning',
  },
};
