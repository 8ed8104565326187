const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Watches the octets of a connection as they come from the socket, before anything takes lines apart. A lone CR or LF
 * is a line end to some programs and not to others, so a peer can use it to smuggle a second mail past the first (RFC
 * 5321 2.3.8); no honest program sends one.
 */
export class RawOctetGuard {
  #afterCr = false;

  /** What is wrong with the octets so far, or undefined. Keeps a CR at the end of a chunk in mind for the next. */
  inspect(chunk: Uint8Array): 'line-endings' | 'nul' | undefined {
    let afterCr = this.#afterCr;
    for (let at = 0; at < chunk.length; at += 1) {
      const octet = chunk[at] as number;
      if (afterCr !== (octet === LF)) return 'line-endings';
      if (octet === NUL) return 'nul';
      afterCr = octet === CR;
    }
    this.#afterCr = afterCr;
    return undefined;
  }
}
