/**
 * Content-Transfer-Encodings (RFC 2045 6) undone piece by piece, in memory that does not grow with the message. Linear,
 * and never at a loss: what is no base64 is left out, what is no quoted-printable stays as it is.
 */
export type TransferDecoder = (pieces: Iterable<Uint8Array>) => Generator<Uint8Array>;

/** Undefined for an encoding that is not known. `encoding`: in small letters. */
export function transferDecoder(encoding: string): TransferDecoder | undefined {
  const decoders: Record<string, TransferDecoder> = {
    '': unchanged,
    '7bit': unchanged,
    '8bit': unchanged,
    binary: unchanged,
    base64,
    'quoted-printable': quotedPrintable,
  };
  return Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
}

function* unchanged(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield* pieces;
}

function* base64(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let rest = '';
  for (const piece of pieces) {
    const text =
      rest +
      Buffer.from(piece)
        .toString('latin1')
        .replaceAll(/[^A-Za-z0-9+/=]+/g, '');
    const end = text.indexOf('=');
    const usable = end < 0 ? text.length - (text.length % 4) : end;
    yield Buffer.from(text.slice(0, usable), 'base64');
    if (end >= 0) return;
    rest = text.slice(usable);
  }
  yield Buffer.from(rest, 'base64');
}

/** A line is never longer than this, however it was written: it would have to be kept. */
const MAX_LINE = 64 * 1024;

function* quotedPrintable(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let rest = '';
  for (const piece of pieces) {
    const lines = (rest + Buffer.from(piece).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    yield Buffer.from(lines.map((line) => decodedLine(`${line}\n`)).join(''), 'latin1');
    if (rest.length < MAX_LINE) continue;
    yield Buffer.from(decodedHex(rest), 'latin1');
    rest = '';
  }
  yield Buffer.from(decodedLine(rest), 'latin1');
}

function decodedLine(line: string): string {
  const ending = line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : '';
  const text = withoutBlanks(line.slice(0, line.length - ending.length));
  return text.endsWith('=') ? decodedHex(text.slice(0, -1)) : decodedHex(text) + ending;
}

function withoutBlanks(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end -= 1;
  return text.slice(0, end);
}

function decodedHex(text: string): string {
  return text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
