/**
 * Reads numbers and names from the octets of a file. What lies past the end is 0, so that every walk ends by its own
 * rules.
 */
export class Octets {
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    private readonly littleEndian = false,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return this.#fits(at, 2) ? this.#view.getUint16(at, this.littleEndian) : 0;
  }

  u32(at: number): number {
    return this.#fits(at, 4) ? this.#view.getUint32(at, this.littleEndian) : 0;
  }

  /** A number of 0 to 8 octets; one past what JavaScript counts exactly becomes no real place in any file. */
  number(at: number, octets: number): number {
    let sum = 0;
    for (let each = 0; each < octets; each += 1) sum = sum * 256 + this.u8(at + each);
    return sum;
  }

  /** So many octets as Latin-1 letters. */
  name(at: number, octets: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + octets));
  }

  #fits(at: number, octets: number): boolean {
    return at >= 0 && at + octets <= this.length;
  }
}

/** Parts of a file, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
