import type { AddressProblem } from '../../../../shared/contact';
import type { ErrorCode } from '../../../../shared/errors';
import type { MimeRefusal, SmtpReply } from '../refusals';
import { replyToMimeRefusal, smtpReplies } from '../smtp-replies';

/** What a mail program is told of a letter that it submits (codes after RFC 3463, RFC 6409 3.2). */
export const letterReplies = {
  queued: { code: 250, enhanced: '2.0.0', text: 'Queued' },
  notYourSender: {
    code: 550,
    enhanced: '5.7.1',
    text: 'The sender is no identity that this app password is for; nothing was sent',
  },
  notYourFrom: {
    code: 550,
    enhanced: '5.7.1',
    text: 'From must be one address, of an identity that this app password is for; nothing was sent',
  },
  sealedByProgram: {
    code: 550,
    enhanced: '5.7.1',
    text: 'Posthorn seals and signs all mail itself: turn encryption off in this program and send again; nothing was sent',
  },
  keyRevoked: {
    code: 550,
    enhanced: '5.7.1',
    text: 'The key of this identity is revoked: replace it in Posthorn and send again; nothing was sent',
  },
  tooLarge: { code: 552, enhanced: '5.3.4', text: 'Files of a letter may have 25 MB in all; nothing was sent' },
  tooMany: { code: 552, enhanced: '5.3.4', text: 'A letter may have 100 recipients and 100 files; nothing was sent' },
  hiddenBehindOther: {
    code: 550,
    enhanced: '5.1.3',
    text: 'A hidden copy by way of a gateway cannot go beside another copy to it; nothing was sent',
  },
  noRecipient: { code: 554, enhanced: '5.5.1', text: 'The letter has no recipient; nothing was sent' },
} as const satisfies Record<string, SmtpReply>;

const ofError: Partial<Record<ErrorCode, SmtpReply>> = {
  'trust-refused': letterReplies.keyRevoked,
  'too-large': letterReplies.tooLarge,
  'too-many': letterReplies.tooMany,
  'no-recipient': letterReplies.noRecipient,
  'address-invalid': letterReplies.hiddenBehindOther,
  'unreadable-content': smtpReplies.unreadable,
  'disk-full': smtpReplies.diskFull,
};

/** The reply when a letter could not be queued. `undefined`: a fault of the program itself. */
export function replyToLetterError(code: ErrorCode | undefined): SmtpReply {
  return (code && ofError[code]) ?? smtpReplies.tryLater;
}

/** The reply to a letter that cannot be read. */
export function replyToLetterRefusal(reason: MimeRefusal | 'sealed-by-program'): SmtpReply {
  if (reason === 'sealed-by-program') return letterReplies.sealedByProgram;
  return reason === 'bad-address' || reason === 'missing-header'
    ? letterReplies.notYourFrom
    : replyToMimeRefusal(reason);
}

const SYNTAX: ReadonlySet<AddressProblem> = new Set<AddressProblem>(['empty', 'no-at', 'several', 'unreadable']);

/** Which recipient mail cannot go to, and why. */
export function replyToBadRecipient(text: string, problem: AddressProblem): SmtpReply {
  const shown = `<${text.slice(0, 200).replace(/[^!-;=?-~]/g, '?')}>`;
  if (SYNTAX.has(problem)) return { code: 553, enhanced: '5.1.3', text: `${shown} is no mail address` };
  if (problem === 'local-part')
    return { code: 553, enhanced: '5.1.3', text: `${shown} has a name before the @ that no onion address has` };
  const why =
    problem === 'not-onion'
      ? 'is an ordinary address; Posthorn delivers to onion addresses alone'
      : 'names an onion that cannot exist: it is mistyped or cut';
  return { code: 550, enhanced: '5.1.2', text: `${shown} ${why}` };
}
