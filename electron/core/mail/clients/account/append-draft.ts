import type { MessageId } from '../../../../../shared/ids';
import type { DraftContent } from '../../../../../shared/message';
import { present } from '../../../../../shared/present';
import type { AppendedMessage } from '../../../ports/mime';
import { attachFile, discardDraft, saveDraft } from '../../outgoing/write-draft';
import type { Account } from './account-of';

/** What a draft may hold (`DraftContent`). */
const MOST = { addresses: 200, characters: 320, subject: 2_000, text: 2_000_000 };

/**
 * Saves what a program put into the drafts as a draft that the window opens, with its files; answers its UID. When a
 * file cannot be kept nothing is, and this throws `too-large`, `too-many` or `disk-full`.
 */
export async function appendDraft(
  { services, mail }: Account,
  { read, flags }: { readonly read: AppendedMessage; readonly flags: readonly string[] },
): Promise<number> {
  const { uidNext } = mail.mailboxes.state('drafts');
  const draft = saveDraft(services, mail, { content: contentOf(mail, read) });
  try {
    for (const { filename, contentType, content } of read.attachments)
      await attachFile(services, mail, { draftId: draft.id, attachment: { filename, contentType, content } });
    const uid = uidOf(mail, { id: draft.id, from: uidNext });
    mail.served.setFlags({ mailbox: 'drafts', uids: [uid], how: 'add', flags });
    return uid;
  } catch (error) {
    discardDraft(mail, draft.id);
    throw error;
  }
}

function contentOf(mail: Account['mail'], read: AppendedMessage): DraftContent {
  const answered = read.inReplyTo === undefined ? undefined : mail.messages.reference({ rfcMessageId: read.inReplyTo });
  const people = (written: readonly string[]): string[] =>
    written.slice(0, MOST.addresses).map((text) => text.slice(0, MOST.characters));
  return {
    to: people(read.to),
    cc: people(read.cc),
    bcc: people(read.bcc),
    subject: read.subject.slice(0, MOST.subject),
    text: read.text.slice(0, MOST.text),
    ...present({ inReplyTo: answered?.messageId }),
  };
}

/** It is among the newest: each change of a draft gives it a new UID. */
function uidOf(mail: Account['mail'], { id, from }: { readonly id: MessageId; readonly from: number }): number {
  const entries = mail.mailboxes.entries({ mailbox: 'drafts', afterUid: from - 1, limit: NEWEST });
  return entries.find(({ messageId }) => messageId === id)?.uid ?? from;
}

/** Drafts that may come meanwhile; a file takes some turns of the event loop. */
const NEWEST = 10_000;
