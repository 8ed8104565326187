/**
 * Reads a file in pieces so that progress can be shown; `onProgress` gets octets so far. Throws when it cannot be read
 * (a folder).
 */
export const readFile = async (file: File, onProgress: (octets: number) => void): Promise<Uint8Array<ArrayBuffer>> => {
  const content = new Uint8Array(file.size);
  const reader = file.stream().getReader();
  let offset = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    content.set(value, offset);
    offset += value.byteLength;
    onProgress(offset);
  }
  return content;
};
