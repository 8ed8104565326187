import type { ControlMessage } from '../../../../shared/control-message';
import type { AgreementId } from '../../../../shared/ids';

/**
 * What a control message is about. Of two with one topic to one person only the newer is worth sending: it replaces the
 * older one while that waits, because what the older one says is out of date.
 */
export function controlTopic(control: ControlMessage): string {
  if (control.kind === 'hold.ask') return topicOf(control.kind, control.agreement.id);
  if ('agreementId' in control) return topicOf(control.kind, control.agreementId);
  if ('messageId' in control) return `${control.kind} ${control.messageId}`;
  return 'messageIds' in control ? [control.kind, ...control.messageIds].join(' ') : control.kind;
}

/** The topic of what is said about one agreement. */
export function topicOf(kind: ControlMessage['kind'], agreementId: AgreementId): string {
  return `${kind} ${agreementId}`;
}
