/**
 * Base64 (RFC 4648, 4) of octets. Converts them in pieces: a hundred thousand octets are too many arguments for one
 * call.
 */
export function toBase64(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 8_192) text += String.fromCharCode(...octets.subarray(at, at + 8_192));
  return btoa(text);
}

/** The octets of base64 text that was checked before; throws `InvalidCharacterError` for anything else. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Cuts octets into pieces of `length` octets; an incomplete last piece is dropped. */
export function inOctets(octets: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.floor(octets.length / length) }, (_, index) =>
    octets.slice(index * length, (index + 1) * length),
  );
}
