import { isSameMailbox } from '../../../../shared/address/mailbox-of';
import { isMailto, readMailto } from '../../../../shared/address/mailto-uri';

/** What a link may lead to; everything else loses its target. */
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

/**
 * The normalised target of a link in a hostile text or HTML, or undefined when it is none that a person should be
 * shown. The host is in ASCII: of letters that look alike, nobody can tell which are meant.
 */
export const linkTarget = (href: string): string | undefined => {
  const url = parse(href.replace(INVISIBLE, ''));
  if (url === undefined || !LINK_SCHEMES.has(url.protocol)) return undefined;
  return url.protocol === 'mailto:' && !isWholeMailto(href.trim(), url) ? undefined : url.href;
};

/** A part of an address would be somebody else's, and so would two words that were put together. */
const isWholeMailto = (written: string, url: URL): boolean =>
  !/\p{Z}/u.test(written.split('?', 1)[0] ?? '') && readMailto(url.href)?.to.every((to) => to.includes('@')) === true;

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

/** Where a link leads, in a word: the host with its port, or the addresses of a `mailto:` URI. */
export const linkTo = (target: string): string =>
  isMailto(target) ? (readMailto(target)?.to.join(', ') ?? '') : (parse(target)?.host ?? '');

/** What a person should know of a link before they copy it. */
type LinkWarning = 'other-site' | 'other-address' | 'user-name' | 'foreign-letters' | 'number';

/** Everything about a link that could mislead a person who sees its words. Takes time in proportion to the words. */
export const linkWarnings = (words: string, target: string): readonly LinkWarning[] => {
  const url = parse(target);
  if (url === undefined) return [];
  if (isMailto(target)) return namesAnotherHost(words, target) ? ['other-address'] : [];
  const { hostname, username, password } = url;
  const warnings: readonly (readonly [LinkWarning, boolean])[] = [
    ['other-site', namesAnotherHost(words, target)],
    ['user-name', username !== '' || password !== ''],
    ['foreign-letters', hostname.split('.').some((label) => label.startsWith('xn--'))],
    ['number', /^(?:\[.*\]|\d+(?:\.\d+){3})$/u.test(hostname)],
  ];
  return warnings.flatMap(([warning, holds]) => (holds ? [warning] : []));
};

/**
 * Whether the words of a link name another host or another address than the one it leads to: the oldest trick there
 * is.
 */
export const namesAnotherHost = (words: string, target: string): boolean => {
  const said = words
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[。｡]/gu, '.');
  return said.split(/[\s<>()",;[\]]+/u).some((word) => namesAnother(word, target));
};

const namesAnother = (word: string, target: string): boolean => {
  if (isMailto(target) && word.includes('@')) {
    const address =
      word
        .replace(/^mailto:/iu, '')
        .replace(/\.$/u, '')
        .split('?', 1)[0] ?? '';
    return /.@./u.test(address) && !readMailto(target)?.to.some((to) => isSameMailbox(to, address));
  }
  const [authority = ''] = word.replace(/^[a-z]+:\/\//iu, '').split(/[/?#]/u, 1);
  const said = authority.slice(authority.lastIndexOf('@') + 1).split(/[^\p{L}\p{N}\p{M}.-]+/u);
  const leads = hostsOf(target);
  return said
    .flatMap((name) => hostNamed(name.replace(/\.$/u, '')) ?? [])
    .some((host) => !leads.some((lead) => lead === host || lead.endsWith(`.${host}`)));
};

/** The host that a word is, in ASCII; undefined for words that are none, such as `v1.2`. */
const hostNamed = (word: string): string | undefined => {
  const last = word.slice(word.lastIndexOf('.') + 1);
  if (!word.includes('.') || word.length > 300 || !/^(?:\p{L}{2,}|xn--.+)$/iu.test(last)) return undefined;
  return parse(`https://${word}`)?.hostname.replace(/^www\./u, '');
};

const hostsOf = (target: string): string[] => {
  if (isMailto(target))
    return (readMailto(target)?.to ?? []).map((to) => to.slice(to.lastIndexOf('@') + 1).toLowerCase());
  return [parse(target)?.hostname.replace(/^www\./u, '') ?? ''];
};
