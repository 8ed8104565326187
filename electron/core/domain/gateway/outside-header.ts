import { MAX_HEADER_BYTES } from '../limits';
import { octetText } from '../served/octet-text';
import { writtenFields, type WrittenField } from '../served/header-fields';

/** What the machine of the gateway's operator found out about who sent a message. */
export type Verdicts = { readonly by: string; readonly words: readonly string[] };

/** What a gateway needs of the header of a message from outside, beside what is shown of it. */
export type OutsideHeader = {
  readonly received: number;
  /** A program sent it (RFC 3834): nobody waits for an answer. */
  readonly isAutomatic: boolean;
  /** Where its writer wants answers; not checked. */
  readonly replyTo?: string;
  readonly verdicts?: Verdicts;
};

/** Methods that people have heard of, in the order in which they are told. */
const METHODS = ['spf', 'dkim', 'dmarc', 'arc'] as const;
const RESULTS = /^(pass|fail|softfail|neutral|none|temperror|permerror|policy|nxdomain|hardfail)$/;

/**
 * Reads the header of a message from outside, at most as far as a header may be long.
 * @param o.resultsOf the authserv-id (RFC 8601 2.5) of the operator's own checks: no other field is believed
 */
export function readOutsideHeader(o: { octets: Uint8Array; resultsOf: string | undefined }): OutsideHeader {
  const fields = writtenFields(headerText(o.octets));
  const first = (name: string): string | undefined => fields.find((field) => field.name === name)?.value;
  const automatic = first('auto-submitted');
  const verdicts = o.resultsOf === undefined ? undefined : verdictsOf(fields, o.resultsOf);
  const replyTo = first('reply-to');
  return {
    received: fields.filter(({ name }) => name === 'received').length,
    isAutomatic: automatic !== undefined && !/^no\b/i.test(automatic),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(verdicts === undefined ? {} : { verdicts }),
  };
}

/** Everything above the empty line. */
function headerText(octets: Uint8Array): string {
  const text = octetText(octets.subarray(0, MAX_HEADER_BYTES));
  const ends = ['\r\n\r\n', '\n\n'].map((end) => text.indexOf(end)).filter((at) => at >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

/**
 * The first field of this server alone: those further down may be the sender's. Comments are left out, since they may
 * hold anything, and so is what quoted strings could pretend.
 */
function verdictsOf(fields: readonly WrittenField[], by: string): Verdicts | undefined {
  const own = fields.filter(({ name }) => name === 'authentication-results').map(({ value }) => withoutComments(value));
  const found = own.find((value) => value.split(';')[0]?.trim().split(/\s+/)[0]?.toLowerCase() === by);
  if (found === undefined) return undefined;
  const results = found.split(';').slice(1).flatMap(readResult);
  return {
    by,
    words: METHODS.flatMap((method) => results.filter((each) => each.method === method).map(({ words }) => words)),
  };
}

function readResult(text: string): { readonly method: string; readonly words: string }[] {
  const [, method = '', result = ''] = /^\s*([a-z0-9-]{1,20})\s*=\s*([a-z]{1,20})\b/i.exec(text) ?? [];
  if (!RESULTS.test(result.toLowerCase())) return [];
  const [, about = ''] = /\b(?:header\.(?:d|from|i)|smtp\.mailfrom)\s*=\s*([^\s;]+)/i.exec(text) ?? [];
  const domain = about.slice(about.lastIndexOf('@') + 1).toLowerCase();
  const named = DOMAIN.test(domain) ? ` (${domain})` : '';
  return [{ method: method.toLowerCase(), words: `${method.toUpperCase()} ${result.toLowerCase()}${named}` }];
}

/** What stands in front of the last `@` was chosen by the sender, and may look like a domain itself. */
const DOMAIN = /^[a-z0-9_.-]{1,200}$/;

/**
 * Nested comments, too; what is never closed goes as far as the text (RFC 5322 3.2.2). Of a quoted string only what
 * may stand in a domain is left: the sender may have written a result in the name of a mailbox.
 */
function withoutComments(value: string): string {
  let depth = 0;
  let isQuoted = false;
  let kept = '';
  for (const each of value.replace(/\\./g, '')) {
    if (depth === 0 && each === '"') isQuoted = !isQuoted;
    else if (isQuoted) kept += /[a-z0-9_.-]/i.test(each) ? each : '';
    else if (each === '(') depth += 1;
    else if (each === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += each;
  }
  return kept;
}
