/** Base64 (RFC 4648, 4) of octets; a hundred thousand of them are no argument list. */
export function toBase64(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 8_192) text += String.fromCharCode(...octets.subarray(at, at + 8_192));
  return btoa(text);
}

/** The octets of checked base64. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Cut into pieces of one length; a rest is left out. */
export function inOctets(octets: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.floor(octets.length / length) }, (_, index) =>
    octets.slice(index * length, (index + 1) * length),
  );
}
