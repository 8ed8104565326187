import MimeNode from 'nodemailer/lib/mime-node';
import { wellFormed } from '../../../../shared/text/well-formed';
import type { OutgoingPost } from '../../ports/mime';
import type { Random } from '../../ports/runtime';
import { newBoundary } from '../octets/boundary';
import { writeHeaderDate } from '../octets/header-date';

/**
 * The entity of a post that its author signs: every header field is in it (RFC 9788, `hp="clear"`), the text, and the
 * author's key, so that whoever has the post can verify it without asking anybody. All of it is 7bit, as RFC 3156 3
 * asks of what is signed; times in UTC, no name of a machine or program.
 */
export function buildPost(post: OutgoingPost, random: Pick<Random, 'bytes'>): Promise<Uint8Array> {
  const root = new MimeNode(`multipart/mixed; boundary=${newBoundary(random)}; hp=clear; protected-headers=v1`, {
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader('From', post.from);
  root.setHeader('To', post.to);
  root.setHeader('Subject', post.subject);
  root.setHeader('Date', writeHeaderDate(post.date));
  root.setHeader('Message-ID', post.messageId);
  if (post.inReplyTo !== undefined) root.setHeader('In-Reply-To', post.inReplyTo);
  if (post.references.length > 0) root.setHeader('References', post.references.join(' '));
  const text = root.createChild('text/plain; charset=utf-8');
  text.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  text.setContent(wellFormed(post.text).replace(/\r\n|\r|\n/g, '\r\n'));
  const key = root.createChild('application/pgp-keys', { filename: 'OpenPGP_key.asc' });
  key.setHeader('Content-Transfer-Encoding', '7bit');
  key.setContent(post.keyBlock.replace(/\r\n|\n/g, '\r\n'));
  return root.build();
}
