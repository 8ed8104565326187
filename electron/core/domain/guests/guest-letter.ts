import type { MailAddress } from '../../../../shared/ids';
import type { MimeRefusal, SmtpReply } from '../refusals';
import { mailboxOf, onionOf } from '../mail-address';
import { replyToMimeRefusal } from '../smtp-replies';

/** What stands outside the seal of a letter that a guest's program submits. */
export type GuestLetter = {
  readonly from: MailAddress;
  /** With its angle brackets. */
  readonly messageId: string;
  /** Outside of the seal. */
  readonly subject: string;
};

/** What a guest's program is told of a letter; each says how it is put right, since nobody else can. */
export const guestReplies = {
  notSealed: {
    code: 550,
    enhanced: '5.7.1',
    text: 'Turn on OpenPGP encryption and signing for this letter (PGP/MIME) and send again: only sealed mail leaves here; nothing was sent',
  },
  notYourFrom: {
    code: 550,
    enhanced: '5.7.1',
    text: 'From must be the address of this mailbox alone; nothing was sent',
  },
  openSubject: {
    code: 550,
    enhanced: '5.7.1',
    text: 'Turn on encryption of the subject, too, and send again: it stands outside the seal now, where your host can read it; nothing was sent',
  },
  noKey: {
    code: 550,
    enhanced: '5.7.1',
    text: 'Your host has no key of yours yet: give them your public key, and send again when they have taken it; nothing was sent',
  },
  full: {
    code: 552,
    enhanced: '5.2.2',
    text: 'Your mailbox has no room for this letter: delete some mail and send again; nothing was sent',
  },
  ended: {
    code: 550,
    enhanced: '5.7.1',
    text: 'Your host has ended this mailbox: mail can still be read here, and none be sent',
  },
} as const satisfies Record<string, SmtpReply>;

/**
 * Why a letter of this guest cannot leave; undefined: it can. Its Message-ID stands inside the seal as well, so that
 * nobody here can write it anew: one that is not made at the guest's onion would tell recipients the name of a machine.
 */
export function refuseGuestLetter(letter: GuestLetter, guest: MailAddress): SmtpReply | undefined {
  if (mailboxOf(letter.from) !== guest) return guestReplies.notYourFrom;
  if (!isHidden(letter.subject)) return guestReplies.openSubject;
  const onion = onionOf(guest);
  return letter.messageId.endsWith(`@${onion}>`) ? undefined : namesMachine(onion);
}

/** What programs write in place of the subject that they have sealed, without signs (RFC 9788 3.2.1 has `[...]`). */
const IN_ITS_PLACE: ReadonlySet<string> = new Set(['', 'encryptedmessage', 'encryptedsubject']);

/** Whether a subject says nothing. */
export function isHidden(subject: string): boolean {
  return IN_ITS_PLACE.has(subject.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
}

/** The reply to a letter whose form is refused. */
export function replyToUnsealed(reason: MimeRefusal): SmtpReply {
  if (reason === 'not-sealed') return guestReplies.notSealed;
  return reason === 'bad-address' || reason === 'missing-header'
    ? guestReplies.notYourFrom
    : replyToMimeRefusal(reason);
}

function namesMachine(onion: string): SmtpReply {
  return {
    code: 550,
    enhanced: '5.7.1',
    text: `The Message-ID must end in @${onion}, any other names your machine (mutt: set hostname=${onion}); nothing was sent`,
  };
}
