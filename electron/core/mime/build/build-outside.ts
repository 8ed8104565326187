import MimeNode from 'nodemailer/lib/mime-node';
import { plainLine } from '../../../../shared/text/plain-line';
import type { OutsideMessage } from '../../ports/mime';
import type { Random } from '../../ports/runtime';
import { newBoundary } from '../octets/boundary';
import { writeHeaderDate } from '../octets/header-date';
import { addAttachment, addPage, addText, isShown } from './build-inner';

const onNode = { disableFileAccess: true, disableUrlAccess: true } as const;

/**
 * A letter for somebody with ordinary e-mail, made anew: its header is what stands here, whatever the letter had that
 * it is made of. Times in UTC; no field, boundary or id tells the program, the machine or who wrote to the gateway.
 */
export async function buildOutside(message: OutsideMessage, random: Pick<Random, 'bytes'>): Promise<Uint8Array> {
  const files = message.attachments.filter((attachment) => !isShown(message, attachment));
  const root = new MimeNode(`multipart/mixed; boundary=${newBoundary(random)}`, onNode);
  setHeader(root, message);
  if (message.html === undefined) addText(root, { type: 'text/plain', text: message.text });
  else addPage(root, { message, html: message.html, random });
  for (const file of files) addAttachment(root, file);
  return root.build();
}

function setHeader(root: MimeNode, message: OutsideMessage): void {
  root.setHeader('From', message.from);
  if (message.to.length > 0) root.setHeader('To', [...message.to]);
  else root.setHeader('To', 'undisclosed-recipients:;');
  if (message.cc.length > 0) root.setHeader('Cc', [...message.cc]);
  root.setHeader('Subject', plainLine(message.subject));
  root.setHeader('Date', writeHeaderDate(message.date));
  root.setHeader('Message-ID', message.messageId);
  if (message.inReplyTo !== undefined) root.setHeader('In-Reply-To', message.inReplyTo);
  if (message.references.length > 0) root.setHeader('References', message.references.join(' '));
}
