/** What a link in HTML may lead to; everything else loses its target. */
const LINK_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Control characters and spaces that browsers drop from URLs, and with which schemes are disguised. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/gu;

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/** The normalised target of a link in hostile HTML, or undefined when it is none that a person should be shown. */
export const linkTarget = (href: string): string | undefined => {
  const url = parse(href.replace(INVISIBLE, ''));
  return url && LINK_SCHEMES.has(url.protocol) ? url.href : undefined;
};

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

/** Whether the words of a link name another host than the one it leads to: the oldest trick there is. */
export const namesAnotherHost = (words: string, target: string): boolean => {
  const said = /(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/iu.exec(words)?.[1];
  const leads = parse(target)?.hostname.replace(/^www\./u, '');
  if (said === undefined || !leads) return false;
  const host = parse(`https://${said}`)?.hostname.replace(/^www\./u, '');
  return host !== undefined && host !== leads && !leads.endsWith(`.${host}`);
};
