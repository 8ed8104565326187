/** Longest message that is taken from the bus, in octets: its own limit is 128 MiB, and what is asked here is short. */
const longestMessage = 1024 * 1024;

/** Kinds of messages, and the header fields in use here (D-Bus Specification, «Message Protocol»). */
const littleEndian = 0x6c;
/** Asking whether a service is there must not start it. */
const noAutoStart = 0x2;
const kinds = { call: 1, answer: 2, error: 3, signal: 4 } as const;
const fields = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 } as const;

export type BusCall = {
  readonly serial: number;
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Strings alone are sent. */
  readonly body: readonly string[];
};

/** What came: an answer to a call, its refusal, or news. `body` begins at a multiple of eight octets. */
export type BusMessage = {
  readonly kind: 'answer' | 'error' | 'signal' | 'other';
  readonly replySerial: number;
  readonly member: string;
  readonly body: Buffer;
};

/** A method call in the form of the wire, little-endian. */
export function encodeCall({ serial, body, ...call }: BusCall): Buffer {
  const bodyOctets = body.reduce((before, text) => Buffer.concat([padded(before, 4), string(text)]), Buffer.alloc(0));
  const listed = [
    field(fields.path, 'o', string(call.path)),
    field(fields.interface, 's', string(call.interface)),
    field(fields.member, 's', string(call.member)),
    field(fields.destination, 's', string(call.destination)),
    ...(body.length > 0 ? [field(fields.signature, 'g', signature('s'.repeat(body.length)))] : []),
  ].reduce((before, each) => Buffer.concat([padded(before, 8), each]), Buffer.alloc(0));
  const start = Buffer.from([littleEndian, kinds.call, noAutoStart, 1]);
  const head = Buffer.concat([start, uint32(bodyOctets.length), uint32(serial), uint32(listed.length), listed]);
  return Buffer.concat([padded(head, 8), bodyOctets]);
}

/**
 * The first message in what has come, and how many octets it takes; undefined while it is not whole.
 * @throws RangeError for what is no message, or too long a one
 */
export function decodeMessage(octets: Buffer): { readonly message: BusMessage; readonly length: number } | undefined {
  if (octets.length < 16) return undefined;
  // Everything that Posthorn runs on is little-endian, and so is its bus.
  if (octets[0] !== littleEndian) throw new RangeError('no message of D-Bus');
  const fieldsEnd = 16 + octets.readUInt32LE(12);
  const bodyAt = roundedUp(fieldsEnd, 8);
  const length = bodyAt + octets.readUInt32LE(4);
  if (length > longestMessage) throw new RangeError('a message that is too long');
  if (octets.length < length) return undefined;
  const header = readFields(octets.subarray(0, fieldsEnd));
  const message: BusMessage = {
    kind: kindOf(octets[1]),
    replySerial: header.replySerial,
    member: header.member,
    body: octets.subarray(bodyAt, length),
  };
  return { message, length };
}

/** The strings of a body that holds nothing else. @throws RangeError when it ends too early */
export function readStrings(body: Buffer, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  for (let each = 0; each < count; each += 1) {
    at = roundedUp(at, 4);
    const length = body.readUInt32LE(at);
    if (at + 4 + length > body.length) throw new RangeError('a string that is longer than its message');
    texts.push(body.toString('utf8', at + 4, at + 4 + length));
    at += 4 + length + 1;
  }
  return texts;
}

type Header = { replySerial: number; member: string };

function readFields(octets: Buffer): Header {
  const header: Header = { replySerial: 0, member: '' };
  let at = 16;
  while (at < octets.length) {
    at = roundedUp(at, 8);
    const code = octets.readUInt8(at);
    const type = octets.toString('latin1', at + 2, at + 3);
    // Code, the one-letter signature of the value with its length and its end, and the value at its own place.
    const value = at + 4;
    if (type === 'u') {
      if (code === fields.replySerial) header.replySerial = octets.readUInt32LE(value);
      at = value + 4;
    } else if (type === 'g') {
      at = value + 1 + octets.readUInt8(value) + 1;
    } else {
      const length = octets.readUInt32LE(value);
      if (code === fields.member) header.member = octets.toString('utf8', value + 4, value + 4 + length);
      at = value + 4 + length + 1;
    }
  }
  return header;
}

function kindOf(kind: number | undefined): BusMessage['kind'] {
  if (kind === kinds.answer) return 'answer';
  if (kind === kinds.error) return 'error';
  return kind === kinds.signal ? 'signal' : 'other';
}

const roundedUp = (length: number, step: number): number => Math.ceil(length / step) * step;

const padded = (octets: Buffer, step: number): Buffer =>
  Buffer.concat([octets, Buffer.alloc(roundedUp(octets.length, step) - octets.length)]);

const uint32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
};

const string = (text: string): Buffer => {
  const octets = Buffer.from(text, 'utf8');
  return Buffer.concat([uint32(octets.length), octets, Buffer.alloc(1)]);
};

const signature = (text: string): Buffer =>
  Buffer.concat([Buffer.from([text.length]), Buffer.from(text), Buffer.alloc(1)]);

const field = (code: number, type: string, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([code]), signature(type), value]);
