import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { LocalDoor } from '../../electron/core/ports/local-server';
import { placeOf } from '../../electron/core/testing/loopback-onion';

export type Load = {
  readonly door: LocalDoor;
  readonly from: string;
  readonly to: string;
  readonly messages: readonly Buffer[];
  /** Open at once; each sends the next message when its last one was answered. */
  readonly connections: number;
};

/**
 * Sends all messages over SMTP (RFC 5321, without pipelining) to a door of this machine.
 * @returns milliseconds from the first MAIL to the last 250
 * @throws when any message is not accepted
 */
export async function sendLoad({ door, from, to, messages, connections }: Load): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, () => SmtpClient.open(door)));
  const left = messages.map(onTheWire);
  const start = performance.now();
  await Promise.all(
    clients.map(async (first) => {
      let client = first;
      for (let message = left.pop(); message !== undefined; message = left.pop())
        client = await sendOver(client, { door, from, to, message });
      client.quit();
    }),
  );
  return performance.now() - start;
}

type Letter = { readonly from: string; readonly to: string; readonly message: Buffer };

/**
 * Sends one message and answers with the connection for the next: a new one where the server has closed the old one for
 * having brought enough (421, RFC 5321 3.8), as any sender does.
 */
async function sendOver(client: SmtpClient, { door, ...letter }: Letter & { door: LocalDoor }): Promise<SmtpClient> {
  if (await client.send(letter)) return client;
  const next = await SmtpClient.open(door);
  if (!(await next.send(letter))) throw new Error('A new connection takes no message either');
  return next;
}

/** RFC 5321 4.5.2: a dot more before each dot that begins a line, and the end. */
function onTheWire(message: Buffer): Buffer {
  const text = message.toString('latin1').replace(/^\./gmu, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}

/** One SMTP connection. */
class SmtpClient {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
  }

  static async open(door: LocalDoor): Promise<SmtpClient> {
    const client = new SmtpClient(connect(placeOf(door)));
    await client.#expect(220);
    await client.#command('EHLO bench.invalid', 250);
    return client;
  }

  /** @returns whether it was taken; false when the server takes no more on this connection and closes it */
  async send({ from, to, message }: Letter): Promise<boolean> {
    this.#socket.write(`MAIL FROM:<${from}>\r\n`);
    const reply = await this.#answer();
    if (reply.startsWith('421')) {
      this.#socket.destroy();
      return false;
    }
    expectCode(reply, 250);
    await this.#command(`RCPT TO:<${to}>`, 250);
    await this.#command('DATA', 354);
    this.#socket.write(message);
    await this.#expect(250);
    return true;
  }

  /** All mail is answered: how the connection ends does not matter any more. */
  quit(): void {
    this.#socket.on('error', () => undefined);
    this.#socket.resume();
    this.#socket.end('QUIT\r\n');
  }

  #command(line: string, code: number): Promise<void> {
    this.#socket.write(`${line}\r\n`);
    return this.#expect(code);
  }

  async #expect(code: number): Promise<void> {
    expectCode(await this.#answer(), code);
  }

  async #answer(): Promise<string> {
    let reply = '';
    while (!/^\d{3} .*\r\n$/mu.test(reply)) reply += String((await once(this.#socket, 'data'))[0]);
    return reply;
  }
}

function expectCode(reply: string, code: number): void {
  if (!reply.startsWith(String(code))) throw new Error(`Expected ${code}, and the answer was: ${reply}`);
}
