import type { ControlMessage } from '../../../../shared/wire/control-message';
import type { AgreementId } from '../../../../shared/ids';
import type { MailingListId } from '../../../../shared/mailing-lists/mailing-list';

/**
 * What a control message is about. Of two with one topic to one person only the newer is worth sending: it replaces the
 * older one while that waits, because what the older one says is out of date.
 */
export function controlTopic(control: ControlMessage): string {
  if (control.kind === 'list.batch') return batchTopic(control);
  if ('invitation' in control) return `${control.kind} ${control.invitation}`;
  if (control.kind === 'hold.ask') return topicOf(control.kind, control.agreement.id);
  if ('agreementId' in control) return topicOf(control.kind, control.agreementId);
  if ('messageId' in control) return `${control.kind} ${control.messageId}`;
  return 'messageIds' in control ? [control.kind, ...control.messageIds].join(' ') : control.kind;
}

/** The topic of what is said about one agreement. */
export function topicOf(kind: ControlMessage['kind'], agreementId: AgreementId): string {
  return `${kind} ${agreementId}`;
}

/** How the topic of every batch of a list begins. */
export const batchTopicStart = (list: MailingListId): string => `list.batch ${list} `;

/** A newer vector replaces an older one; entries are about themselves, and give way to the very same ones alone. */
function batchTopic({ list, entries, isAnswer }: Extract<ControlMessage, { kind: 'list.batch' }>): string {
  const [first, last] = [entries.at(0), entries.at(-1)];
  const about = first && last ? `${String(entries.length)} ${first.signature} ${last.signature}` : 'have';
  return `${batchTopicStart(list)}${isAnswer ? 'answer' : 'news'} ${about}`;
}
