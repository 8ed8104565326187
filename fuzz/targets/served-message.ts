import { segmentLength } from '../../electron/core/domain/served/segments';
import type { OctetSpan, ServedEntity } from '../../electron/core/domain/served-entity';
import { serveEntity, serveOctets } from '../../electron/core/mime/served/serve-entity';
import { claim, claimBounded, claimSame } from '../oracles/claims';

/**
 * What other mail programs are told of any octets: values in the form of RFC 9051, parts that lie in each other, and
 * the octets themselves. Nobody else than we can say there that a message is genuine.
 */
export function fuzz(data: Uint8Array): void {
  const served = serveOctets(data, []);
  const { description, head, literals, segments } = served;
  claimSame(Buffer.concat([head, literals]), Buffer.from(data), 'other octets are served than came');
  claim(description.size === data.length, 'a message is told to be of another size');
  claim(
    segments.reduce((sum, segment) => sum + segmentLength(segment), head.length) === data.length,
    'the segments are not as long as the message',
  );
  for (const value of [description.envelope, description.bodyStructure, description.body])
    claim(restOfValue(value) === '', 'a value is not in the form of IMAP');
  claimBounded(description, { input: data, times: 60 });
  checkSpans(description.entity, { from: 0, to: data.length });
  const ours = serveEntity({ content: data, onTop: 'X: y\r\n', attachments: [] });
  claim(!/^authentication-results[ \t]*:/im.test(textOf(ours.head)), 'somebody else says that a message is genuine');
}

function checkSpans({ header, body, parts, message }: ServedEntity, within: OctetSpan): void {
  claim(within.from <= header.from && header.from <= header.to, 'a header begins before its part');
  claim(header.to <= body.from && body.from <= body.to && body.to <= within.to, 'a body ends behind its part');
  for (const part of [...(parts ?? []), ...(message ? [message] : [])]) checkSpans(part, body);
}

const textOf = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

const TOKEN = /\(|\)|NIL|\d+|"(?:[^"\\\r\n\0\x80-\xff]|\\["\\])*"|\{(\d+)\}\r\n/y;

/** What is left of a text behind one list of RFC 9051's grammar. */
function restOfValue(text: string): string {
  let depth = 0;
  let at = 0;
  do {
    if (text[at] === ' ') at += 1;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) return text.slice(at) || 'nothing';
    at += match[0].length + Number(match[1] ?? 0);
    depth += match[0] === '(' ? 1 : 0;
    depth -= match[0] === ')' ? 1 : 0;
  } while (depth > 0);
  return text.slice(at);
}
