import type { SmtpReply } from '../domain/refusals';
import { listenerReplies } from './listener-replies';

/**
 * `MAIL FROM:` or `RCPT TO:` (RFC 5321 4.1.1). Blanks beside the colon are a common error and taken. A path is `<>`, or
 * an optional source route (RFC 5321 C: taken and ignored), a local part that may be quoted, and a domain.
 */
const COMMAND =
  /^(MAIL\s+FROM|RCPT\s+TO)\s*:\s*<((?:@[^\s<>",:@]+(?:,@[^\s<>",:@]+)*:)?)((?:"(?:[^"\\]|\\.)*"|[^\s<>"\\@]+)?(?:@[^\s<>"@]+)?)>((?:\s.*)?)$/i;

/** RFC 5321 4.1.2: keyword and value of a parameter. */
const PARAMETER = /^([a-z0-9][a-z0-9-]*)(?:=([\x21-\x3c\x3e-\x7e]+))?$/i;

/** Names in capitals. `takes`: the values; undefined: none. */
export type MailParameters = Readonly<Record<string, { readonly takes: RegExp | undefined }>>;

/** Parameters of what EHLO offers (RFC 1870, 6152, 6531), and which values they take. */
export const MAIL_PARAMETERS: MailParameters = {
  SIZE: { takes: /^\d{1,20}$/ },
  BODY: { takes: /^(?:7BIT|8BITMIME)$/i },
  SMTPUTF8: { takes: undefined },
};

/** A dot-atom of printable ASCII, which every local part here is (PROTOCOL.md 1). */
const DOT_ATOM = /^[\w!#$%&'*/=?^`{|}~+-]+(?:\.[\w!#$%&'*/=?^`{|}~+-]+)*$/;

/** Stands for a name that can be written and belongs to nobody here; RFC 2606 keeps the domain free. */
const NOBODY_HERE = 'nobody@invalid';

/** `line`: the same command in one plain form, without route and quotes. */
type AddressCommand = { readonly line: string } | { readonly reply: SmtpReply };

export type AddressVerb = 'MAIL' | 'RCPT';

/** The two commands that name somebody. */
const kinds = {
  MAIL: { begins: 'MAIL FROM', mayBeEmpty: true, wrong: listenerReplies.badSenderSyntax },
  RCPT: { begins: 'RCPT TO', mayBeEmpty: false, wrong: listenerReplies.badRecipientSyntax },
} as const;

/**
 * Reads a `MAIL` or `RCPT` line, in octets as text. Refuses what smtp-server would take in silence: parameters that
 * were not offered (555, RFC 5321 4.1.1.11: who asks for a notice would believe that one comes), twice the same, and
 * bad ones. `parameters`: what EHLO offers for MAIL.
 */
export function readAddressCommand(
  { verb, parameters = MAIL_PARAMETERS }: { readonly verb: AddressVerb; readonly parameters?: MailParameters },
  line: string,
): AddressCommand {
  const read = readPath(verb, line);
  if ('reply' in read) return read;
  const given = read.rest.split(/\s+/).filter((parameter) => parameter !== '');
  const reply = judgeParameters(given, verb === 'MAIL' ? parameters : {});
  return reply ? { reply } : { line: [`${kinds[verb].begins}:<${plainPath(read.path)}>`, ...given].join(' ') };
}

function readPath(verb: AddressVerb, line: string): { path: string; rest: string } | { reply: SmtpReply } {
  const { begins, mayBeEmpty, wrong } = kinds[verb];
  const match = COMMAND.exec(line.trimEnd());
  if (match?.[1]?.replace(/\s+/, ' ').toUpperCase() !== begins) return { reply: wrong };
  const [, , , path = '', rest = ''] = match;
  const isWrong = path === '' ? !mayBeEmpty : path.startsWith('@');
  return isWrong ? { reply: wrong } : { path, rest };
}

/** RFC 5321 4.1.2: a local part that need not be quoted means the same without quotes. Others are nobody here. */
function plainPath(path: string): string {
  if (!path.startsWith('"')) return path;
  const at = path.lastIndexOf('@');
  const end = at > path.lastIndexOf('"') ? at : path.length;
  const local = path.slice(1, end - 1).replace(/\\(.)/g, '$1');
  return DOT_ATOM.test(local) ? local + path.slice(end) : NOBODY_HERE;
}

function judgeParameters(parameters: readonly string[], offered: MailParameters): SmtpReply | undefined {
  const read = parameters.map((parameter) => PARAMETER.exec(parameter));
  if (read.includes(null)) return listenerReplies.badParameter;
  const keywords = read.map((match) => match?.[1]?.toUpperCase() ?? '');
  if (!keywords.every((keyword) => Object.hasOwn(offered, keyword))) return listenerReplies.unknownParameter;
  if (new Set(keywords).size < keywords.length) return listenerReplies.badParameter;
  const isGood = read.every((match, index) => isTaken(offered[keywords[index] ?? '']?.takes, match?.[2]));
  return isGood ? undefined : listenerReplies.badParameter;
}

function isTaken(takes: RegExp | undefined, value: string | undefined): boolean {
  return takes === undefined ? value === undefined : value !== undefined && takes.test(value);
}
