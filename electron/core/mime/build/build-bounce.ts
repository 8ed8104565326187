import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { Bounce } from '../../ports/mime';
import { writeHeaderDate } from '../octets/header-date';
import { wellFormed } from '../../../../shared/text/well-formed';

/** UTF-16 units of a subject that are kept: that of the failed message may be as long as a text. */
const SUBJECT_LENGTH = 500;

/** A bounce as RFC 5322 text, for saving as a file; it never leaves this machine by itself. */
export function buildBounce(bounce: Bounce): Uint8Array {
  const root = new MimeNode('text/plain; charset=utf-8');
  root.setHeader('From', bounce.mailbox);
  root.setHeader('To', bounce.mailbox);
  root.setHeader('Message-ID', bounce.messageId);
  root.setHeader('Date', writeHeaderDate(bounce.date));
  root.setHeader('Subject', wellFormed(bounce.subject.slice(0, SUBJECT_LENGTH)));
  root.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  const text = wellFormed(bounce.text).replace(/\r\n|\r|\n/g, '\r\n');
  return new TextEncoder().encode(`${root.buildHeaders()}\r\n\r\n${wrap(encode(text))}`);
}
