import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib';
import { CommandCollector, type Collected, type LiteralRule } from './command-collector';
import { OctetReader } from './octet-reader';
import { ResponseWriter } from './response-writer';

/** One client's end of a connection: commands come from it, responses go to it. */
export class ClientLine {
  readonly #reader: OctetReader;
  readonly #writer: ResponseWriter;
  readonly #collector: CommandCollector;
  #ahead: Iterator<Collected> = [][Symbol.iterator]();
  #isCompressed = false;
  #isWaiting = false;

  /** `heard` is called whenever the client sends or takes something. */
  constructor(
    private socket: Socket,
    private readonly o: { readonly mayTake: LiteralRule; readonly heard: () => void },
  ) {
    this.#reader = new OctetReader(socket);
    this.#writer = new ResponseWriter(socket, o.heard);
    this.#collector = new CommandCollector(o.mayTake);
  }

  get isSecure(): boolean {
    return this.socket instanceof TLSSocket;
  }

  get isCompressed(): boolean {
    return this.#isCompressed;
  }

  /** Whether it is the client's turn, so that a whole line may be written at any time. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** The next that came of what the client sends; undefined when it has gone. */
  async next(): Promise<Collected | undefined> {
    for (;;) {
      const found = this.#ahead.next();
      if (found.done !== true) return found.value;
      this.#isWaiting = true;
      const octets = await this.#reader.read();
      this.#isWaiting = false;
      if (!octets) return undefined;
      this.o.heard();
      this.#ahead = this.#collector.push(octets);
    }
  }

  /** An untagged response, without `* ` and CRLF. */
  tell(text: string): void {
    this.#writer.write(`* ${text}\r\n`);
  }

  write(piece: string | Uint8Array): void {
    this.#writer.write(piece);
  }

  /** Lets the client take what was written, when it is much, and others work. Throws `ClientGone`. */
  flow(): Promise<void> {
    return this.#writer.flow();
  }

  /** Sends all that was written. Throws `ClientGone`. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Whether the client has sent on behind the command that was taken last. */
  hasSentAhead(): boolean {
    return this.#ahead.next().done !== true || !this.#collector.isBetweenCommands;
  }

  /** From now on both sides compress (RFC 4978). */
  compress(): void {
    const inflate = createInflateRaw();
    const deflate = createDeflateRaw();
    const { socket } = this;
    this.#reader.release();
    this.#isCompressed = true;
    inflate.on('error', () => socket.destroy());
    socket.once('close', () => {
      inflate.destroy();
      deflate.destroy();
    });
    socket.pipe(inflate);
    deflate.pipe(socket);
    this.#reader.switchTo(inflate);
    this.#writer.switchTo(deflate, (done) => deflate.flush(constants.Z_SYNC_FLUSH, done));
  }

  /** From now on all is encrypted; throws nothing: a client that cannot do it is cut off. */
  secure(secureContext: SecureContext): void {
    this.#reader.release();
    const secure = new TLSSocket(this.socket, { isServer: true, secureContext });
    secure.on('error', () => secure.destroy());
    this.socket = secure;
    this.#reader.switchTo(secure);
    this.#writer.switchTo(secure);
  }

  /** Ends the connection when what was flushed is sent; a client that does not read must be cut off. */
  end(): void {
    this.socket.destroySoon();
  }

  cut(): void {
    this.socket.destroy();
  }
}
