import type { KeyRefusal, MimeRefusal, SmtpReply } from './refusals';

/**
 * Every reply Posthorn gives to a peer. Codes after RFC 5321 and RFC 3463; no text names a person, a mailbox or the
 * software, and causes are told apart only as far as that helps the sender.
 */
export const smtpReplies = {
  stored: { code: 250, enhanced: '2.0.0', text: 'Stored' },
  senderNotOnion: { code: 553, enhanced: '5.1.7', text: 'The sender must be an address at a version 3 onion service' },
  noSuchMailbox: { code: 550, enhanced: '5.1.1', text: 'No such mailbox here' },
  envelopeDiffers: {
    code: 550,
    enhanced: '5.7.1',
    text: 'The envelope sender and the From field name different onion services',
  },
  headersDiffer: { code: 550, enhanced: '5.7.1', text: 'The sealed From or Message-ID differs from the outer one' },
  notSigned: { code: 550, enhanced: '5.7.1', text: 'Only signed and sealed mail is taken here' },
  signatureInvalid: {
    code: 550,
    enhanced: '5.7.7',
    text: 'The signature does not verify with a key that the From onion certifies',
  },
  unreadable: { code: 554, enhanced: '5.6.0', text: 'The message takes too much time or memory to read' },
  tooEarly: {
    code: 451,
    enhanced: '4.7.1',
    text: 'The signature or the key is from a time to come by the clock here, which may be behind; try again later',
  },
  outOfDate: {
    code: 451,
    enhanced: '4.7.1',
    text: 'The key of the sender is out of date by the clock here, which seems to be wrong; try again later',
  },
  keyNotReached: {
    code: 451,
    enhanced: '4.7.1',
    text: 'The message carries no certified key of its sender, whose onion does not tell it now; try again later',
  },
  notReadable: { code: 554, enhanced: '5.7.5', text: 'The message cannot be unsealed with the key of this mailbox' },
  tooLarge: { code: 552, enhanced: '5.3.4', text: 'The message is too large' },
  full: { code: 452, enhanced: '4.2.2', text: 'The mailbox takes no more first mail now, try again later' },
  fullForNow: { code: 452, enhanced: '4.2.2', text: 'The mailbox has no more room now, try again later' },
  /** Final, since a holder has no other way: its sender, who keeps trying directly, waits for room. */
  fullForHeld: {
    code: 550,
    enhanced: '5.2.2',
    text: 'The mailbox takes no more first mail by holders, its sender is to try directly',
  },
  holdFull: { code: 452, enhanced: '4.2.2', text: 'What is kept for this recipient has no more room now' },
  requestTooLarge: {
    code: 552,
    enhanced: '5.3.4',
    text: 'A first message to somebody must be smaller than 1 MB; write a few words first',
  },
  diskFull: { code: 452, enhanced: '4.3.1', text: 'Out of storage, try again later' },
  tryLater: { code: 451, enhanced: '4.3.0', text: 'The message could not be stored now, try again later' },
  closing: { code: 421, enhanced: '4.3.2', text: 'This mailbox is closing, try again later' },
} as const satisfies Record<string, SmtpReply>;

const mimeTexts: Record<MimeRefusal, string> = {
  'line-endings': 'Every line must end with CR LF',
  nul: 'NUL is not allowed in a message',
  'line-too-long': 'A line is longer than 998 octets',
  'header-too-large': 'The header section is too large',
  'duplicate-header': 'A header field or parameter that may stand once stands twice',
  'missing-header': 'A required header field is missing',
  'bad-address': 'An address in the header section is not valid',
  'not-sealed': 'Only signed and sealed mail is taken here',
  'too-many-parts': 'The message has too many parts',
  'nested-too-deep': 'The message is nested too deeply',
  malformed: 'The message is malformed',
};

/** The reply to a message whose octets or structure are refused. */
export function replyToMimeRefusal(reason: MimeRefusal): SmtpReply {
  return reason === 'not-sealed' ? smtpReplies.notSigned : { code: 554, enhanced: '5.6.0', text: mimeTexts[reason] };
}

/** What a clock that is set right can mend. */
export const OF_TIME: ReadonlySet<KeyRefusal> = new Set<KeyRefusal>(['key-expired', 'certification-expired']);

/**
 * The reply when no key that came with the message is believed. What time alone mends is never «never»: the sender of a
 * 5xx gives up.
 */
export function replyToKeyRefusal(
  reason: KeyRefusal | undefined,
  { isClockDoubtful }: { readonly isClockDoubtful: boolean },
): SmtpReply {
  if (reason === undefined) return { code: 550, enhanced: '5.7.1', text: 'The message carries no key of its sender' };
  if (reason === 'certification-future') return smtpReplies.tooEarly;
  if (isClockDoubtful && OF_TIME.has(reason)) return smtpReplies.outOfDate;
  return { code: 550, enhanced: '5.7.1', text: `The key of the sender is not accepted: ${reason}` };
}
