import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { PosthornError } from '../../../shared/errors';
import type { Clock } from '../ports/runtime';
import { ControlParser, parseKeywords, type ControlReply } from './control-protocol';

/** An authenticated connection to a tor's control port. */
export type ControlClient = {
  /**
   * Sends one command and gives its reply, whatever its status. Commands are answered in order.
   * @throws PosthornError `tor-offline` when the connection ends before the answer
   * @throws RangeError for a line break or a letter outside ASCII in the command
   */
  command(line: string): Promise<ControlReply>;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly closed: Promise<void>;
  close(): void;
};

export type ControlOptions = {
  /** Port on 127.0.0.1, or the path of a Unix socket. */
  readonly port: number | string;
  /** The 32 octets of tor's cookie file. */
  readonly cookie: Uint8Array;
  readonly clock: Clock;
  /** Is told the first line of every event, without its status. */
  readonly onEvent: (text: string) => void;
};

type Pending = { resolve: (reply: ControlReply) => void; reject: (error: Error) => void };

/** A tor that has not answered by now hangs; every command of ours is answered in milliseconds. */
const ANSWER_LIMIT_MS = 30_000;
const SERVER_KEY = 'Tor safe cookie authentication server-to-controller hash';
const CONTROLLER_KEY = 'Tor safe cookie authentication controller-to-server hash';

/**
 * Connects to a control port and authenticates with SAFECOOKIE (control-spec, 3.24), which also proves that the
 * listener knows the cookie, that is, that it is our tor.
 * @throws PosthornError `tor-offline` when nothing listens, or something that is not our tor
 */
export async function connectControl(options: ControlOptions): Promise<ControlClient> {
  const client = new SocketControlClient(options);
  try {
    await authenticate(client, options.cookie);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

async function authenticate(client: ControlClient, cookie: Uint8Array): Promise<void> {
  const ours = randomBytes(32);
  const challenge = await client.command(`AUTHCHALLENGE SAFECOOKIE ${ours.toString('hex')}`);
  const words = parseKeywords(challenge.lines[0]?.text ?? '');
  const theirs = Buffer.from(words.get('SERVERNONCE') ?? '', 'hex');
  const proof = Buffer.from(words.get('SERVERHASH') ?? '', 'hex');
  const hash = (key: string) => createHmac('sha256', key).update(cookie).update(ours).update(theirs).digest();
  const expected = hash(SERVER_KEY);
  if (challenge.status !== 250 || proof.length !== expected.length || !timingSafeEqual(proof, expected)) {
    throw offline('What listens on the control port is not the Tor that Posthorn started; mail waits.');
  }
  const reply = await client.command(`AUTHENTICATE ${hash(CONTROLLER_KEY).toString('hex')}`);
  if (reply.status !== 250) throw offline('Tor does not accept Posthorn as its controller; mail waits.');
}

function offline(message: string, cause?: unknown): PosthornError {
  return new PosthornError('tor-offline', message, { cause });
}

class SocketControlClient implements ControlClient {
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #parser = new ControlParser();
  readonly #pending: Pending[] = [];
  readonly #onEvent: (text: string) => void;
  #cause: unknown;
  #ended = false;

  constructor(options: ControlOptions) {
    this.#clock = options.clock;
    this.#onEvent = options.onEvent;
    const { port } = options;
    this.#socket = connect(typeof port === 'string' ? { path: port } : { host: '127.0.0.1', port });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => {
      this.#cause = error;
    });
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', () => {
        this.#failPending();
        resolve();
      });
    });
  }

  command(line: string): Promise<ControlReply> {
    // Written as latin1, U+010A would become a line feed.
    if (!/^[\x20-\x7e]*$/.test(line))
      return Promise.reject(new RangeError('A control command has a line break or a letter outside ASCII'));
    if (this.#ended) return Promise.reject(offline('Tor is not running; mail waits.'));
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.setTimer(ANSWER_LIMIT_MS, () => this.#socket.destroy(new Error('No answer in time')));
      this.#pending.push({
        resolve: (reply) => {
          cancel();
          resolve(reply);
        },
        reject: (error) => {
          cancel();
          reject(error);
        },
      });
      this.#socket.write(`${line}\r\n`, 'latin1');
    });
  }

  close(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    try {
      for (const reply of this.#parser.feed(chunk)) this.#deliver(reply);
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : undefined);
    }
  }

  #deliver(reply: ControlReply): void {
    if (reply.status >= 600) return this.#onEvent(reply.lines[0]?.text ?? '');
    const waiting = this.#pending.shift();
    if (!waiting) throw new Error('An answer that was not asked for');
    waiting.resolve(reply);
  }

  #failPending(): void {
    this.#ended = true;
    for (const waiting of this.#pending.splice(0)) waiting.reject(offline('Tor has gone; mail waits.', this.#cause));
  }
}
