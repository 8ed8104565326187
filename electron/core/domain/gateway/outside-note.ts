import { plainLine } from '../../../../shared/text/plain-line';
import { escapeHtml } from './clean-leaving';
import type { Verdicts } from './outside-header';

/** A message from outside, as far as the note on top of it tells of it. */
export type NotedMessage = {
  /** As its header says; nobody has checked it. */
  readonly from: string;
  /** The sender of its envelope; undefined: a mail server that sends a notice. */
  readonly sender: string | undefined;
  readonly alias: string;
  readonly others: readonly string[];
  readonly isAutomatic: boolean;
  readonly verdicts: Verdicts | undefined;
  /** Where an answer to this letter goes; undefined: nowhere. */
  readonly answersTo: string | undefined;
  /** Where an answer to all goes. */
  readonly everybody: string;
};

const MAX_LINE = 500;

/** What a gateway says on top of a message from outside: the truth about it, line by line. */
export function outsideNote(o: NotedMessage): string[] {
  const lines = [
    'FROM OUTSIDE',
    `From: ${o.from === '' ? 'nobody' : o.from}`,
    ...(o.sender === undefined || o.sender === o.from ? [] : [`Sent by: ${o.sender}`]),
    `To: ${o.alias}`,
    ...(o.others.length === 0 ? [] : [`Others who got it: ${o.others.join(', ')}`]),
    ...(o.sender === undefined
      ? ['A mail server sent this: a notice about mail, such as one that did not arrive.']
      : []),
    ...(o.isAutomatic ? ['A program wrote this by itself, such as an out-of-office notice.'] : []),
    verdictLine(o.verdicts),
    'Nobody has proved who wrote it, and everybody on its way could read it, this gateway too.',
    o.answersTo === undefined
      ? 'It cannot be answered.'
      : `An answer to this letter goes to ${o.answersTo}, from ${o.alias}, and this gateway can read it.`,
    ...(o.answersTo === undefined || o.others.length === 0 ? [] : [`To answer all of them, write to ${o.everybody}`]),
    '-- ',
  ];
  return lines.map((line) => (line === '-- ' ? SEPARATOR : plainLine(line).slice(0, MAX_LINE)));
}

const SEPARATOR = '- - - - - - - - - - - - - - - -';

function verdictLine(verdicts: Verdicts | undefined): string {
  if (verdicts === undefined) return 'The machine of the gateway did not check where it comes from (SPF, DKIM, DMARC).';
  if (verdicts.words.length === 0) return `The machine of the gateway (${verdicts.by}) checked it, and found nothing.`;
  return `The machine of the gateway (${verdicts.by}) says: ${verdicts.words.join(', ')}.`;
}

const MARK = '[outside] ';

/** A subject that shows, in every list and above every page, that somebody outside wrote it: a page may hide a note. */
export function markedSubject(subject: string): string {
  return `${MARK}${subject}`;
}

/** What is left of it when an answer leaves. */
export function unmarkedSubject(subject: string): string {
  return subject.replaceAll(MARK, '');
}

/** The note in front of a text. */
export function notedText(note: readonly string[], text: string): string {
  return `${note.join('\n')}\n\n${text}`;
}

/** The note in front of a page. */
export function notedPage(note: readonly string[], html: string): string {
  return `<div>${note.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</div>${html}`;
}
