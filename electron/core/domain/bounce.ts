import type { MailAddress } from '../../../shared/ids';
import type { DeliveryReason } from '../../../shared/message';

const reasonTexts: Record<DeliveryReason, string> = {
  none: 'No reason is known.',
  offline: 'Their computer was not online.',
  'timed-out': 'Their computer did not answer in time.',
  'no-mail-service': 'Their computer was online but took no mail.',
  interrupted: 'The connection broke before the message was taken.',
  busy: 'Their mailbox asked to try again later, each time.',
  refused: 'Their mailbox refused the message.',
  'key-not-certified': 'The key that their onion address serves is not certified by it, so nothing was sent.',
  'key-changed': 'Their key has changed, so nothing was sent.',
  'key-unaccepted':
    'Their key is not the one that you verified, and you have not accepted it, so nothing was sent. Verify them again first.',
  'unknown-mailbox': 'There is no such mailbox at that onion address. Check the part before the @.',
  'too-large':
    'The message is larger than their mailbox takes. From somebody they do not know yet it takes 1 MB: write a few words first.',
  'bad-address': 'Tor does not accept the onion address.',
  expired: 'It was tried for 14 days without reaching them.',
  unconfirmed: 'Friends of theirs promised to keep it, but nobody has confirmed that it arrived.',
  cancelled: 'You cancelled it.',
};

/** The bounce that a person finds in the inbox when a message could not be delivered. */
export function bounceText(o: { recipient: MailAddress; reason: DeliveryReason; subject: string; text: string }): {
  subject: string;
  text: string;
} {
  const quoted = o.text
    .slice(0, 20_000)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return {
    subject: `Not delivered: ${o.subject || '(no subject)'}`,
    text: [
      `Your message to ${o.recipient} was not delivered.`,
      '',
      reasonTexts[o.reason],
      'It is kept in Sent, so you can open it and send it again.',
      '',
      'Your message:',
      '',
      quoted,
      '',
    ].join('\n'),
  };
}
