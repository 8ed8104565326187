import { connect, type Socket } from 'node:net';

/** A response with its literals, without the CRLF at its end; an octet a character. */
export type Response = string;

/** An IMAP client that says what a test tells it to, and shows what comes back. */
export class ImapClient {
  #received = '';
  #isClosed = false;
  #wake: () => void = () => undefined;
  #tags = 0;

  private constructor(readonly socket: Socket) {
    socket.on('data', (octets: Buffer) => this.#take(octets));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  /** Connects, and answers the client with the greeting. */
  static async connect(port: number): Promise<{ client: ImapClient; greeting: Response }> {
    const client = new ImapClient(connect(port, '127.0.0.1'));
    return { client, greeting: await client.next() };
  }

  /** Speaks over a connection whose greeting has been read. */
  static over(socket: Socket): ImapClient {
    return new ImapClient(socket);
  }

  /** Sends octets as they are. */
  send(octets: string): void {
    this.socket.write(Buffer.from(octets, 'latin1'));
  }

  /** Sends a command under a tag of its own, and resolves with all responses up to the tagged one, without its tag. */
  async run(command: string): Promise<Response[]> {
    this.#tags += 1;
    const tag = `t${String(this.#tags)}`;
    this.send(`${tag} ${command}\r\n`);
    return this.until(tag);
  }

  /** The responses up to the tagged one, without its tag. */
  async until(tag: string): Promise<Response[]> {
    const responses: Response[] = [];
    for (;;) {
      const response = await this.next();
      if (response.startsWith(`${tag} `)) return [...responses, response.slice(tag.length + 1)];
      responses.push(response);
    }
  }

  /** The next response. Throws when the connection ends instead. */
  async next(): Promise<Response> {
    for (;;) {
      const end = endOfResponse(this.#received);
      if (end !== undefined) {
        const response = this.#received.slice(0, end - 2);
        this.#received = this.#received.slice(end);
        return response;
      }
      if (this.#isClosed) throw new Error(`The connection has ended after ${JSON.stringify(this.#received)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Resolves when the server has ended the connection, with what it said last. */
  async closed(): Promise<string> {
    while (!this.#isClosed)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.#received;
  }

  end(): void {
    this.socket.destroy();
  }

  #take(octets: Buffer): void {
    this.#received += octets.toString('latin1');
    this.#wake();
  }
}

/** Where the first response ends, with its literals; undefined when it is not complete. */
function endOfResponse(text: string): number | undefined {
  let at = 0;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const literal = /~?\{(\d+)\}$/.exec(text.slice(at, lineEnd));
    at = lineEnd + 2;
    if (!literal) return at;
    at += Number(literal[1]);
    if (at > text.length) return undefined;
  }
}
