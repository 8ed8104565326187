import { withoutSignature } from '../../../../shared/text/split-quotes';
import { onOneLine, withoutTurns } from '../../../../shared/text/text-direction';
import { senderAddress } from '../../../words/address-text';
import type { MessageDetail } from '../../../../shared/message';

const when = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/**
 * Text of an answer: room for the new words, then «On … wrote:» and the old ones behind `>`. Times in UTC: a time
 * zone tells where one is. A signature is not quoted, and nothing that turns the direction of the words around it.
 */
export const quoteForReply = (message: MessageDetail): string =>
  `\n\nOn ${when.format(message.summary.date)} UTC, ${onOneLine(senderAddress(message.summary))} wrote:\n${quoteLines(withoutSignature(withoutTurns(message.text)))}\n`;

/** Text of a forwarded message: room for new words, then the old message with its headers. */
export const quoteForForward = (message: MessageDetail): string => {
  const { date, subject, to } = message.summary;
  const headers = [
    `From: ${onOneLine(senderAddress(message.summary))}`,
    `Date: ${when.format(date)} UTC`,
    `Subject: ${onOneLine(subject)}`,
    `To: ${to.join(', ')}`,
  ];
  return `\n\n---------- Forwarded message ----------\n${headers.join('\n')}\n\n${withoutTurns(message.text).trimEnd()}\n`;
};

/** `Re: ` or `Fwd: ` once, however often a subject already has it; what turns the direction is not written on. */
export const prefixedSubject = (prefix: 'Re' | 'Fwd', subject: string): string => {
  const known = prefix === 'Re' ? /^(re|aw|sv|antw)\s*(\[\d+\])?:\s*/i : /^(fwd?|wg|tr)\s*:\s*/i;
  let bare = onOneLine(subject).trim();
  while (known.test(bare)) bare = bare.replace(known, '');
  return `${prefix}: ${bare}`;
};

const quoteLines = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n');
