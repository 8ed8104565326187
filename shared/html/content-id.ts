/** Control characters and spaces that browsers drop from URLs, and with which schemes are disguised. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/gu;

/** The Content-ID that an image refers to (RFC 2392), without angle brackets; undefined for every other source. */
export const contentIdOf = (source: string): string | undefined => {
  const match = /^cid:(.+)$/iu.exec(source.replace(INVISIBLE, ''));
  if (match?.[1] === undefined) return undefined;
  try {
    return decodeURIComponent(match[1]).replace(/^<|>$/gu, '');
  } catch {
    return undefined;
  }
};
