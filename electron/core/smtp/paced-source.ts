import type { Socket } from 'node:net';
import { Readable } from 'node:stream';

const CHUNK = 32 * 1024;

/** A message as a stream that tells how many octets have left for the network, and when its end was read. */
export class PacedSource extends Readable {
  readonly #raw: Uint8Array;
  readonly #socket: Socket;
  readonly #onProgress: (octets: number) => void;
  #offset = 0;
  #before: number | undefined;

  constructor(o: { raw: Uint8Array; socket: Socket; onProgress: (octets: number) => void }) {
    super({ highWaterMark: CHUNK });
    this.#raw = o.raw;
    this.#socket = o.socket;
    this.#onProgress = o.onProgress;
  }

  /** Whether everything was handed on. */
  get isDrained(): boolean {
    return this.#offset >= this.#raw.length && this.readableLength === 0;
  }

  override _read(): void {
    this.#before ??= this.#leftSoFar();
    this.#onProgress(Math.min(this.#leftSoFar() - this.#before, this.#raw.length));
    const chunk = this.#raw.subarray(this.#offset, this.#offset + CHUNK);
    this.#offset += chunk.length;
    this.push(chunk.length > 0 ? chunk : null);
  }

  /** Octets that the operating system has taken; what waits in the socket's own queue has not left yet. */
  #leftSoFar(): number {
    return this.#socket.bytesWritten - this.#socket.writableLength;
  }
}
