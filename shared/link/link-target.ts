import { readMailto } from '../address/mailto-uri';
import { parseUrl } from './parse-url';

/** What a link may lead to; everything else loses its target. */
const LINK_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** What no person sees before a link, and a program that writes letters leaves there. */
const BLANKS_BEFORE = /^[\p{Cc}\p{Cf}\p{Z}]+/u;
const BLANKS_BEHIND = /[\p{Cc}\p{Cf}\p{Z}]$/u;
/** Invisible characters that change no address; they come with what was copied. */
const IGNORED = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
/** An address without anything that is not seen: a piece of one is somebody else's. */
const WHOLE = /^[^\p{C}\p{Z}]+@[^\p{C}\p{Z}@]+$/u;

/**
 * The normalised target of a link in a hostile text or page, or undefined when it is none that a person should be
 * shown. Text and HTML, window and core ask here. The host is in ASCII: of letters that look alike, nobody can tell
 * which are meant. Path and query stay what they are, percent-encoded (WHATWG URL): another one is another page.
 */
export function linkTarget(href: string): string | undefined {
  const written = href.replace(BLANKS_BEFORE, '');
  const url = parseUrl(written);
  if (url === undefined || !LINK_SCHEMES.has(url.protocol)) return undefined;
  return url.protocol === 'mailto:' ? mailTarget(written) : url.href;
}

function mailTarget(written: string): string | undefined {
  const mark = written.indexOf('?');
  const path = withoutEnd(mark < 0 ? written : written.slice(0, mark)).replace(IGNORED, '');
  // Two words that were put together would be another address.
  if (/[\p{C}\p{Z}]/u.test(path)) return undefined;
  const url = parseUrl(path + (mark < 0 ? '' : withoutEnd(written.slice(mark))));
  const to = url && readMailto(url.href)?.to;
  return url && to?.every((address) => WHOLE.test(address)) === true ? withAsciiHosts(url.href) : undefined;
}

/** Percent-encoded letters of a host behind an `@`. */
const MAIL_HOST = /(?<=@|%40)(?:[\w.-]|%[0-9a-f]{2})+/giu;

/** `mailto:` URIs are no addresses of pages: a parser leaves their hosts as they are written. */
const withAsciiHosts = (href: string): string =>
  href.replace(MAIL_HOST, (host) => {
    const asPage = /%[89a-f]/iu.test(host) ? parseUrl(`https://${host}`) : undefined;
    return asPage?.hostname ?? host;
  });

/** Cuts from the end, since a pattern that looks for the end begins anew at each character. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && BLANKS_BEHIND.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
