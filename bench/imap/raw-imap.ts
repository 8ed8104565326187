import { connect, type Socket } from 'node:net';

/** Octets of the end of what came in which the tagged response is looked for. */
const END_OCTETS = 1_024;

/**
 * An IMAP connection that reads as fast as octets come, and looks at nothing but the end of each answer: what is
 * measured is the server.
 */
export class RawImap {
  #tags = 0;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
  }

  /** Connects and logs in. @throws when the server does not let it in */
  static async logIn(o: { readonly port: number; readonly user: string; readonly password: string }): Promise<RawImap> {
    const client = new RawImap(connect(o.port, '127.0.0.1'));
    await client.#until(/^\* (?:OK|PREAUTH)[^\r\n]*\r\n/u);
    await client.run(`LOGIN "${o.user}" "${o.password}"`);
    return client;
  }

  /** Sends a command and answers all that came. @throws when it is not answered with OK */
  run(command: string): Promise<Buffer> {
    this.#tags += 1;
    const tag = `bench${String(this.#tags)}`;
    this.socket.write(`${tag} ${command}\r\n`);
    return this.#until(new RegExp(`(?:^|\\n)${tag} (OK|NO|BAD)[^\\r\\n]*\\r\\n$`, 'u'), command);
  }

  /** Milliseconds of a command. */
  async timed(command: string): Promise<number> {
    const begun = performance.now();
    await this.run(command);
    return performance.now() - begun;
  }

  end(): void {
    this.socket.destroy();
  }

  #until(end: RegExp, command = 'the greeting'): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      const stop = (): void => {
        this.socket.off('data', take).off('close', closed).off('error', closed);
      };
      const closed = (): void => {
        stop();
        reject(new Error(`The connection ended within ${command}`));
      };
      const take = (piece: Buffer): void => {
        pieces.push(piece);
        const found = end.exec(endOf(pieces).toString('latin1'));
        if (!found) return;
        stop();
        if (found[1] === undefined || found[1] === 'OK') resolve(Buffer.concat(pieces));
        else reject(new Error(`${command} was answered: ${found[0].trim()}`));
      };
      this.socket.on('data', take).on('close', closed).on('error', closed);
    });
  }
}

/** The last octets, however they were cut on the way. */
function endOf(pieces: readonly Buffer[]): Buffer {
  let from = pieces.length;
  for (let octets = 0; from > 0 && octets < END_OCTETS;) {
    from -= 1;
    octets += pieces[from]?.length ?? 0;
  }
  return Buffer.concat(pieces.slice(from)).subarray(-END_OCTETS);
}
