import type { MessageDetail } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { renameContentIds } from '../../domain/clients/rename-content-ids';
import {
  cleanPage,
  cleanText,
  namesOnion,
  octetsNameOnion,
  type LeavingNames,
} from '../../domain/gateway/clean-leaving';
import { unmarkedSubject } from '../../domain/gateway/outside-note';
import type { OutgoingAttachment, OutsideMessage } from '../../ports/mime';
import type { RelayedIn, RelayedOut } from '../../ports/storage/gateway/relay-records';
import type { Mailbox, Services } from '../mailbox';
import type { AskedRecipients } from './read-relay';
import { requirePlan } from './require-plan';

type Leaving = {
  readonly detail: MessageDetail;
  readonly answered: RelayedIn | undefined;
  readonly asked: AskedRecipients;
  readonly letter: Pick<RelayedOut, 'messageId' | 'participant' | 'at'> & {
    readonly alias: string;
    readonly outsideId: string;
  };
};

/** A letter as the outside will see it; undefined when something in it still names an onion. */
export async function writeOutside(
  services: Pick<Services, 'random'>,
  mailbox: Mailbox,
  o: Leaving,
): Promise<OutsideMessage | undefined> {
  const { detail, answered, asked, letter } = o;
  const { domain } = requirePlan(mailbox);
  const alias = `${letter.alias}@${domain}`;
  const names: LeavingNames = {
    gateway: mailbox.identity().address,
    participant: letter.participant,
    alias,
    note: answered?.note ?? [],
    ...present({ correspondent: answered?.correspondent }),
  };
  const files = await filesOf(mailbox, detail);
  const html = detail.html === undefined ? undefined : cleanPage(detail.html, names);
  const text = cleanText(detail.text, names);
  const page = renameContentIds({ html, text, files }, () => `${services.random.uuid()}@${domain}`);
  const written = {
    subject: unmarkedSubject(cleanText(detail.summary.subject, names)),
    text: page.text,
    ...present({ html: page.html }),
    attachments: page.files,
  };
  if (await tellsOnion(written)) return undefined;
  const outsideId = answered?.outsideId;
  return {
    ...written,
    messageId: letter.outsideId,
    date: letter.at,
    from: alias,
    to: asked.to,
    cc: asked.cc,
    references: outsideId === undefined ? [] : [outsideId],
    ...present({ inReplyTo: outsideId }),
  };
}

async function filesOf(mailbox: Pick<Mailbox, 'messages'>, detail: MessageDetail): Promise<OutgoingAttachment[]> {
  const files = [];
  for (const { id, inline, contentId } of detail.attachments) {
    const { filename, contentType, content } = await mailbox.messages.attachment(detail.summary.id, id);
    const shown = inline && detail.html !== undefined ? contentId : undefined;
    files.push({ filename, contentType, content, ...present({ contentId: shown }) });
  }
  return files;
}

async function tellsOnion({
  subject,
  text,
  html,
  attachments,
}: Pick<OutsideMessage, 'subject' | 'text' | 'html' | 'attachments'>): Promise<boolean> {
  const words = [subject, text, html ?? '', ...attachments.map(({ filename }) => filename)];
  if (words.some(namesOnion)) return true;
  for (const { content } of attachments) if (await fileNamesOnion(content)) return true;
  return false;
}

/** Octets that are looked through in one go, and how many of them twice, so that no name is cut in two. */
const PIECE = 256 * 1024;
const OVERLAP = 256;

/** Piece by piece, with time for everything else in between. */
async function fileNamesOnion(content: Uint8Array): Promise<boolean> {
  for (let at = 0; at < content.length; at += PIECE) {
    if (octetsNameOnion(content.subarray(at, at + PIECE + OVERLAP))) return true;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return false;
}
