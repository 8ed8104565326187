import { isSameMailbox, mailboxKey } from '../../../../shared/address/mailbox-of';
import type { CoreClient } from '../../../bridge/core-client';
import type { IdentityId, MessageId } from '../../../../shared/ids';
import type { AttachmentSummary, DraftContent, MessageDetail } from '../../../../shared/message';
import type { ComposeRequest } from '../../../state/compose';
import { prefixedSubject, quoteForForward, quoteForReply } from './quote-text';

/** What a composer begins with. `carried` are attachments of a forwarded message that are yet to be copied. */
export type StartedDraft = {
  readonly identityId: IdentityId;
  readonly draftId: MessageId | undefined;
  readonly content: DraftContent;
  readonly attachments: readonly AttachmentSummary[];
  readonly carried: { readonly messageId: MessageId; readonly attachments: readonly AttachmentSummary[] } | undefined;
};

const emptyContent: DraftContent = { to: [], cc: [], bcc: [], subject: '', text: '' };

/** Reads what the request names and makes the first content of the composer. Throws what the core threw. */
export const beginDraft = async (core: CoreClient, request: ComposeRequest): Promise<StartedDraft> => {
  const { identityId } = request;
  const fresh: StartedDraft = {
    identityId,
    draftId: undefined,
    content: emptyContent,
    attachments: [],
    carried: undefined,
  };
  if (request.draftId !== undefined) return resume(core, request, request.draftId);
  const source = request.replyTo ?? request.replyAll ?? request.forward;
  if (source === undefined) return { ...fresh, content: { ...emptyContent, to: [...(request.to ?? [])] } };
  const message = await core.call('messages.read', { identityId, messageId: source });
  if (request.forward !== undefined) {
    const carried =
      message.attachments.length === 0 ? undefined : { messageId: source, attachments: message.attachments };
    return { ...fresh, content: forwarded(message), carried };
  }
  return { ...fresh, content: await answer(core, message, request) };
};

const resume = async (core: CoreClient, request: ComposeRequest, draftId: MessageId): Promise<StartedDraft> => {
  const draft = await core.call('drafts.read', { identityId: request.identityId, draftId });
  return {
    identityId: draft.identityId,
    draftId: draft.id,
    content: draft.content,
    attachments: draft.attachments,
    carried: undefined,
  };
};

const forwarded = (message: MessageDetail): DraftContent => ({
  ...emptyContent,
  subject: prefixedSubject('Fwd', message.summary.subject),
  text: quoteForForward(message),
});

const answer = async (core: CoreClient, message: MessageDetail, request: ComposeRequest): Promise<DraftContent> => {
  const { summary } = message;
  const identities = await core.call('identities.list', {});
  const own = identities.find(({ id }) => id === request.identityId)?.address ?? '';
  // Who is no onion can get no answer; what a program has put here of one's own is an own message.
  const isElsewhere = summary.writtenFrom !== undefined;
  const isOwn = !isElsewhere && isSameMailbox(summary.from, own);
  const others = (addresses: readonly string[], except: readonly string[]) => othersThan(addresses, [own, ...except]);
  // An answer to one's own message goes to whom that one went.
  const to = isOwn ? others(summary.to, []) : isElsewhere ? [] : [summary.from];
  const all = request.replyAll !== undefined;
  return {
    to: all && !isOwn ? [...to, ...others(summary.to, to)] : to,
    cc: all ? others(summary.cc, [...to, ...summary.to]) : [],
    bcc: [],
    subject: prefixedSubject('Re', summary.subject),
    text: quoteForReply(message),
    inReplyTo: summary.id,
  };
};

/** The addresses of other mailboxes than those, each mailbox once: `me+news@` is my own, too. */
const othersThan = (addresses: readonly string[], except: readonly string[]): string[] => {
  const taken = new Set(except.map(mailboxKey));
  return addresses.filter((address) => {
    const key = mailboxKey(address);
    const isNew = !taken.has(key);
    taken.add(key);
    return isNew;
  });
};
