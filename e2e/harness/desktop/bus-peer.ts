import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { BusValue } from './bus-values';
import { aligned, encodeValues, signatureOctets, signatureOf, text, uint32 } from './bus-values';

export type MethodCall = {
  readonly path: string;
  readonly member: string;
  readonly sender: string;
  readonly body: Buffer;
};

type Header = { readonly path: string; readonly member: string; readonly sender: string; readonly replySerial: number };
type Address = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
};

const kinds = { call: 1, answer: 2, error: 3 } as const;
const fields = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, sender: 7, signature: 8 } as const;

/** Somebody on a session bus who answers calls and makes them: a desktop's panel, played by a test. */
export class BusPeer {
  readonly #socket: Socket;
  readonly #answer: (call: MethodCall) => readonly BusValue[];
  readonly #waiting = new Map<number, (body: Buffer | undefined) => void>();
  #serial = 0;
  #unread: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, answer: (call: MethodCall) => readonly BusValue[]) {
    this.#socket = socket;
    this.#answer = answer;
  }

  /** Joins the bus at this socket and takes these names. */
  static async join(
    path: string,
    names: readonly string[],
    answer: (call: MethodCall) => readonly BusValue[],
  ): Promise<BusPeer> {
    const socket = connect(path);
    await once(socket, 'connect');
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`);
    await once(socket, 'data');
    socket.write('BEGIN\r\n');
    const peer = new BusPeer(socket, answer);
    socket.on('data', (octets: Buffer) => peer.#take(octets));
    socket.on('error', () => undefined);
    await peer.#bus('Hello', []);
    for (const name of names) await peer.#bus('RequestName', [text(name), { type: 'u', value: 0 }]);
    return peer;
  }

  /** The body of the answer; undefined when the call is refused. */
  call(address: Address, values: readonly BusValue[]): Promise<Buffer | undefined> {
    this.#serial += 1;
    const serial = this.#serial;
    const { path, member, destination } = address;
    const head = [
      field(fields.path, { type: 'o', value: path }),
      field(fields.interface, text(address.interface)),
      field(fields.member, text(member)),
      field(fields.destination, text(destination)),
    ];
    return new Promise((resolve) => {
      this.#waiting.set(serial, resolve);
      this.#send({ kind: kinds.call, serial, head, values });
    });
  }

  leave(): void {
    this.#socket.destroy();
  }

  #bus(member: string, values: readonly BusValue[]): Promise<Buffer | undefined> {
    const bus = 'org.freedesktop.DBus';
    return this.call({ destination: bus, path: '/org/freedesktop/DBus', interface: bus, member }, values);
  }

  #send(o: { kind: number; serial: number; head: readonly Buffer[]; values: readonly BusValue[] }): void {
    const body = encodeValues(o.values);
    const all = o.values.length > 0 ? [...o.head, signatureField(signatureOf(o.values))] : o.head;
    const list = all.reduce((before, each) => Buffer.concat([aligned(before, 8), each]), Buffer.alloc(0));
    const start = Buffer.concat([Buffer.from([0x6c, o.kind, 0, 1]), uint32(body.length), uint32(o.serial)]);
    this.#socket.write(Buffer.concat([aligned(Buffer.concat([start, uint32(list.length), list]), 8), body]));
  }

  #take(octets: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, octets]);
    while (this.#unread.length >= 16) {
      const end = 16 + this.#unread.readUInt32LE(12);
      const bodyAt = Math.ceil(end / 8) * 8;
      const length = bodyAt + this.#unread.readUInt32LE(4);
      if (this.#unread.length < length) return;
      const message = this.#unread.subarray(0, length);
      this.#unread = this.#unread.subarray(length);
      this.#hear(message, readHeader(message.subarray(0, end)), message.subarray(bodyAt));
    }
  }

  #hear(message: Buffer, header: Header, body: Buffer): void {
    const kind = message[1];
    if (kind === kinds.call) {
      const head = [
        field(fields.replySerial, { type: 'u', value: message.readUInt32LE(8) }),
        field(fields.destination, text(header.sender)),
      ];
      this.#serial += 1;
      this.#send({ kind: kinds.answer, serial: this.#serial, head, values: this.#answer({ ...header, body }) });
    } else if (kind === kinds.answer || kind === kinds.error) {
      this.#waiting.get(header.replySerial)?.(kind === kinds.answer ? body : undefined);
      this.#waiting.delete(header.replySerial);
    }
  }
}

function readHeader(octets: Buffer): Header {
  const found = new Map<number, string>();
  let replySerial = 0;
  let at = 16;
  while (at < octets.length) {
    at = Math.ceil(at / 8) * 8;
    const code = octets.readUInt8(at);
    const type = octets.toString('latin1', at + 2, at + 3);
    const value = at + 4;
    if (type === 'u') {
      if (code === fields.replySerial) replySerial = octets.readUInt32LE(value);
      at = value + 4;
    } else if (type === 'g') {
      at = value + 2 + octets.readUInt8(value);
    } else {
      const length = octets.readUInt32LE(value);
      found.set(code, octets.toString('utf8', value + 4, value + 4 + length));
      at = value + 5 + length;
    }
  }
  const named = (code: number): string => found.get(code) ?? '';
  return { path: named(fields.path), member: named(fields.member), sender: named(fields.sender), replySerial };
}

/** Eight-aligned itself, so that its value stands at the fourth octet. */
const field = (code: number, value: BusValue): Buffer =>
  Buffer.concat([Buffer.from([code]), signatureOctets(value.type), encodeValues([value])]);

const signatureField = (signature: string): Buffer =>
  Buffer.concat([Buffer.from([fields.signature]), signatureOctets('g'), signatureOctets(signature)]);
