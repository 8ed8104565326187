const PIECE = 4_096;

/** Octets as characters of the same number (latin1). */
export function octetText(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += PIECE) text += String.fromCharCode(...octets.subarray(at, at + PIECE));
  return text;
}

/** Characters up to 255 as octets. */
export function textOctets(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) octets[at] = text.charCodeAt(at);
  return octets;
}
