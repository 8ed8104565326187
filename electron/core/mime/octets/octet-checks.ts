import { MAX_HEADER_BYTES, MAX_LINE_BYTES } from '../../domain/limits';
import type { MimeRefusal } from '../../domain/refusals';

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

/**
 * One pass over the octets of an entity before any parser sees it (RFC 5322 2.1, RFC 5321 2.3.8): every line ends with
 * CR LF and has at most 998 octets before it, no NUL, and the first header section keeps to its limit.
 * Parsers disagree on a lone CR or LF, and what two parsers read differently can be smuggled past one of them.
 */
export function checkOctets(raw: Uint8Array): MimeRefusal | undefined {
  return checkLines(raw) ?? (headerEnd(raw) > MAX_HEADER_BYTES ? 'header-too-large' : undefined);
}

function checkLines(raw: Uint8Array): MimeRefusal | undefined {
  let lineStart = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const octet = raw[at] as number;
    if (octet > CR) continue;
    if (octet === NUL) return 'nul';
    if (octet === LF) return 'line-endings';
    if (octet !== CR) continue;
    if (raw[at + 1] !== LF) return 'line-endings';
    if (at - lineStart > MAX_LINE_BYTES) return 'line-too-long';
    at += 1;
    lineStart = at + 1;
  }
  return raw.length - lineStart > MAX_LINE_BYTES ? 'line-too-long' : undefined;
}

/** Octets up to the empty line, or all of them when there is none. */
function headerEnd(raw: Uint8Array): number {
  if (raw[0] === CR) return 0;
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = bytes.indexOf('\r\n\r\n', 0, 'latin1');
  return end < 0 ? bytes.length : end;
}
