/** A browser looks at the first 1,024 octets, some programs write their style sheets before it. */
const MAX_LOOKED_AT = 4_096;
const META = /<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:.-]{1,40})/i;
/** What stands in one declares nothing. */
const COMMENTS = /<!--[^]*?(?:-->|$)/g;
const XML = /^\s{0,9}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([a-z0-9_:.-]{1,40})["']/i;

/** The charset that a page declares in itself, or undefined. What reads as ASCII is no UTF-16, whatever it says. */
export function htmlCharset(octets: Uint8Array): string | undefined {
  const start = Buffer.from(octets.buffer, octets.byteOffset, Math.min(octets.byteLength, MAX_LOOKED_AT));
  const text = start.toString('latin1').replace(COMMENTS, '');
  const declared = (XML.exec(text) ?? META.exec(text))?.[1];
  // A page that says UTF-8 and is not has been put together out of two.
  return declared === undefined || /^utf-?(?:8|16)/i.test(declared) ? undefined : declared;
}
