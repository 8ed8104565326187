import { isMailto, readMailto } from '../address/mailto-uri';
import { plainLine } from '../text/plain-line';
import { parseUrl } from './parse-url';

/** Where a link leads, in a word: a site, or one kind of recipients. */
type LinkEnd = { readonly kind: 'site' | 'to' | 'cc' | 'bcc'; readonly names: readonly string[] };

/** The host of a link with its port, or all whom a letter by a `mailto:` link goes to, by kind. */
export function linkEnds(target: string): readonly LinkEnd[] {
  if (!isMailto(target)) return [{ kind: 'site', names: [parseUrl(target)?.host ?? ''] }];
  const uri = readMailto(target);
  const copies = (kind: 'cc' | 'bcc'): LinkEnd => ({
    kind,
    names: namesIn((uri?.fields.get(kind) ?? []).flatMap((value) => value.split(/[,;]/u))),
  });
  const ends: LinkEnd[] = [{ kind: 'to', names: namesIn(uri?.to ?? []) }, copies('cc'), copies('bcc')];
  return ends.filter(({ names }) => names.length > 0);
}

const namesIn = (texts: readonly string[]): string[] => texts.map(plainLine).filter((text) => text !== '');
