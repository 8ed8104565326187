/** Fields that are for the person alone: what we say of a sender, and hidden recipients. */
const PRIVATE = /^(?:authentication-results|bcc)[ \t]*:/i;

/**
 * A message that another program attaches, as it lies in a mailbox here, without the fields that nobody else is to read
 * (PROTOCOL.md 13.1). All others stay, octet for octet.
 */
export function forwardedMessage(octets: Uint8Array): Uint8Array {
  const whole = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const kept: Buffer[] = [];
  let isPrivate = false;
  let at = 0;
  while (at < whole.length) {
    const lineEnd = whole.indexOf('\n', at, 'latin1');
    const line = whole.subarray(at, lineEnd < 0 ? whole.length : lineEnd + 1);
    const text = line.toString('latin1', 0, 100);
    if (text === '\r\n' || text === '\n') break;
    if (!/^[ \t]/.test(text)) isPrivate = PRIVATE.test(text);
    if (!isPrivate) kept.push(line);
    at += line.length;
  }
  return at === kept.reduce((sum, { length }) => sum + length, 0)
    ? octets
    : new Uint8Array(Buffer.concat([...kept, whole.subarray(at)]));
}
