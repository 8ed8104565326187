/** Octets as a reader of text gets them: what is no UTF-8 becomes a replacement character. */
export function textOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
}

/** Octets as characters, one each: what a protocol of lines sees. */
export function octetTextOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
}

/** Cut into pieces of sizes that the data themselves choose, as a network cuts a stream. */
export function* cutInPieces(data: Uint8Array): Generator<Uint8Array> {
  let at = 0;
  while (at < data.length) {
    const end = at + 1 + ((data[at] ?? 0) % 7) ** 2;
    yield data.subarray(at, end);
    at = end;
  }
}
