import { MAX_CONTROL_LINE_CHARACTERS, MAX_CONTROL_REPLY_CHARACTERS } from '../domain/limits';

/** One line of a reply: what follows the status and its separator, and the data block of a `+` line. */
export type ControlLine = { readonly text: string; readonly data?: readonly string[] };
/** A whole reply or event; events have status 650. */
export type ControlReply = { readonly status: number; readonly lines: readonly ControlLine[] };

/** The listener does not speak the control protocol, or sends without end. */
export class ControlProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ControlProtocolError';
  }
}

/**
 * Cuts what a control port sends into replies and events (control-spec, 2.3 and 2.4). Holds no more than one of them.
 */
export class ControlParser {
  #rest = '';
  #size = 0;
  #status = 0;
  #lines: { text: string; data?: string[] }[] = [];
  #data: string[] | undefined;

  /**
   * Takes the next octets and gives what is complete with them.
   * @throws ControlProtocolError when it is no control protocol; the parser is of no use then
   */
  feed(chunk: Uint8Array): ControlReply[] {
    const lines = (this.#rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MAX_CONTROL_LINE_CHARACTERS) throw new ControlProtocolError('A line is too long');
    const replies: ControlReply[] = [];
    for (const line of lines) {
      const reply = this.#take(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (reply) replies.push(reply);
    }
    return replies;
  }

  #take(line: string): ControlReply | undefined {
    this.#size += line.length + 1;
    if (line.length > MAX_CONTROL_LINE_CHARACTERS || this.#size > MAX_CONTROL_REPLY_CHARACTERS)
      throw new ControlProtocolError('A reply is too long');
    if (this.#data === undefined) return this.#takeReplyLine(line);
    if (line === '.') this.#data = undefined;
    else this.#data.push(line.startsWith('.') ? line.slice(1) : line);
    return undefined;
  }

  #takeReplyLine(line: string): ControlReply | undefined {
    const parts = /^([1-6]\d\d)([-+ ])(.*)$/s.exec(line);
    const status = Number(parts?.[1]);
    if (!parts || (this.#lines.length > 0 && status !== this.#status))
      throw new ControlProtocolError('A line has no place here');
    this.#status = status;
    const entry: { text: string; data?: string[] } = { text: parts[3] ?? '' };
    this.#lines.push(entry);
    if (parts[2] === '+') this.#data = entry.data = [];
    return parts[2] === ' ' ? this.#complete() : undefined;
  }

  #complete(): ControlReply {
    const reply = { status: this.#status, lines: this.#lines };
    this.#lines = [];
    this.#size = 0;
    return reply;
  }
}

/**
 * Reads `KEY=value KEY="quoted value" bare` (control-spec, 2.1.1). Words without `=` are left out. Escapes inside
 * quotes are `\"` and `\\`.
 */
export function parseKeywords(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, key, quoted, plain] of text.matchAll(/(?:^| )([A-Za-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^ "]*))/gs)) {
    if (key !== undefined) found.set(key, quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/gs, '$1'));
  }
  return found;
}

/** Quotes a value for a command. @throws RangeError for a line break, which would start another command */
export function quoteValue(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new RangeError('A control value has a line break');
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
