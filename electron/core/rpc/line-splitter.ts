const lineFeed = 0x0a;

/** Cuts a stream of octets into lines without ever holding more than one line of the allowed length. */
export class LineSplitter {
  readonly #maxLineBytes: number;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /**
   * Takes the next octets of the stream.
   * @returns the lines they complete, without their line feeds; `undefined` when a line is longer than allowed
   */
  push(chunk: Buffer): string[] | undefined {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      if (!this.#keep(chunk.subarray(start, end))) return undefined;
      lines.push(this.#take());
      start = end + 1;
    }
    return this.#keep(chunk.subarray(start)) ? lines : undefined;
  }

  #keep(piece: Buffer): boolean {
    this.#length += piece.length;
    if (this.#length > this.#maxLineBytes) return false;
    if (piece.length > 0) this.#pieces.push(piece);
    return true;
  }

  #take(): string {
    const line = Buffer.concat(this.#pieces).toString('utf8');
    this.#pieces = [];
    this.#length = 0;
    return line;
  }
}
