import type { Readable } from 'node:stream';

/** Reads a connection piece by piece: what nobody asks for stays in the system, and the client must wait. */
export class OctetReader {
  #isOver = false;
  #wake: () => void = () => undefined;
  readonly #onOver = (): void => {
    this.#isOver = true;
    this.#wake();
  };
  readonly #onReadable = (): void => this.#wake();

  constructor(private source: Readable) {
    this.#listen();
  }

  /** What came; undefined when nothing more will. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const octets: unknown = this.source.read();
      if (octets instanceof Uint8Array) return octets;
      if (this.#isOver) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Reads on from there. The old source is left as it is. */
  switchTo(source: Readable): void {
    this.release();
    this.source = source;
    this.#listen();
  }

  /** Lets go of the source, so that somebody else may read it. */
  release(): void {
    this.source.off('readable', this.#onReadable);
    for (const event of ['end', 'close', 'error']) this.source.off(event, this.#onOver);
  }

  #listen(): void {
    this.source.on('readable', this.#onReadable);
    for (const event of ['end', 'close', 'error']) this.source.on(event, this.#onOver);
  }
}
