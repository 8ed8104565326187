import { declarationsOf, isInherited } from '../../../../shared/html/declarations-of';
import { SEEN, seenIn, type Seen } from '../../../../shared/html/seen';
import type { Attributes } from './read-tags';

/** How the words in an element are seen. */
export type Visibility = Seen & {
  /** White space is shown as it is written. */
  readonly isPre: boolean;
};

export const PAGE: Visibility = { ...SEEN, isPre: false };

const PREFORMATTED = new Set(['pre', 'textarea', 'listing']);

/** What is seen of an element within one of which `parent` is seen. */
export function visibilityIn(parent: Visibility, name: string, attributes: Attributes): Visibility {
  const seen = seenIn(parent, { name, attribute: (attribute) => attributes.get(attribute) });
  const isPre = isPreIn(parent.isPre || PREFORMATTED.has(name), attributes.get('style'));
  return seen === parent && isPre === parent.isPre ? parent : { ...seen, isPre };
}

function isPreIn(isPre: boolean, style: string | undefined): boolean {
  const value = style?.toLowerCase().includes('white-space') ? declarationsOf(style).get('white-space') : undefined;
  return value === undefined || isInherited(value) ? isPre : /^(?:pre|break-spaces)/.test(value);
}
