import createDOMPurify from 'dompurify';
import type { Config, WindowLike } from 'dompurify';
import { contentIdOf } from '../../../../shared/html/content-id';
import { KNOWN_ATTRIBUTES, KNOWN_TAGS } from '../../../../shared/html/known-markup';
import { SEEN, seenIn } from '../../../../shared/html/seen';
import { safeStyle } from '../../../../shared/html/style-policy';
import { linkTarget } from '../../../../shared/link/link-target';
import { withoutTurns } from '../../../../shared/text/text-direction';
import { flattenHtml } from './flatten-html';
import { DECLARED_ATTRIBUTE, keepSeenWords, LINK_ATTRIBUTE } from './seen-words';

/** Deny by default: tags and attributes are listed, and what is not listed is gone (PROTOCOL.md 5). */
const config: Config = {
  ALLOWED_TAGS: [...KNOWN_TAGS],
  ALLOWED_ATTR: [...KNOWN_ATTRIBUTES],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  // Every attribute value must match it, not only URLs; which URLs stay is decided in `refit`.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|cid):|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/iu,
  ADD_DATA_URI_TAGS: [],
  FORBID_TAGS: [
    'style',
    'svg',
    'math',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'meta',
    'base',
    'link',
    'template',
    'iframe',
    'object',
    'embed',
    'audio',
    'video',
    'source',
    'picture',
  ],
  FORBID_ATTR: [
    'srcset',
    'background',
    'poster',
    'formaction',
    'action',
    'ping',
    'target',
    'id',
    'name',
    'class',
    'is',
    'slot',
  ],
  KEEP_CONTENT: true,
  SANITIZE_DOM: true,
  SAFE_FOR_XML: true,
};

/** Reads by the prototype: a form could have a field of the method's name. */
const attributeOf = (element: Element, name: string): string | undefined =>
  Element.prototype.getAttribute.call(element, name) ?? undefined;

/**
 * Elements that are not allowed leave what is in them behind. What was hidden there goes with them; a style that
 * decides what is seen within goes to an element around it.
 */
const leaveSeen = (node: Node, o: { readonly name: string; readonly isAllowed: boolean }): void => {
  if (o.isAllowed || node.nodeType !== 1) return;
  const element = node as Element;
  const isGone = seenIn(SEEN, { name: o.name, attribute: (name) => attributeOf(element, name) }).isGone;
  if (isGone) Element.prototype.replaceChildren.call(element);
  else if (attributeOf(element, 'style') !== undefined) wrapContent(element);
};

const wrapContent = (element: Element): void => {
  // Made in the element's own document, where nothing loads.
  const page = Reflect.get(Node.prototype, 'ownerDocument', element) as Document;
  const span = page.createElement('span');
  span.setAttribute('style', attributeOf(element, 'style') ?? '');
  const range = new Range();
  range.selectNodeContents(element);
  span.append(range.extractContents());
  Element.prototype.append.call(element, span);
};

const refit = (element: Element, images: ReadonlyMap<string, string>): void => {
  const style = element.getAttribute('style');
  if (style !== null) {
    element.setAttribute(DECLARED_ATTRIBUTE, style);
    const safe = safeStyle(style);
    if (safe === '') element.removeAttribute('style');
    else element.setAttribute('style', safe);
  }
  // What is folded is part of the text and of what is found: it is shown.
  if (element.tagName === 'DETAILS') element.setAttribute('open', '');
  if (element.tagName === 'A') refitLink(element);
  else element.removeAttribute('href');
  if (element.tagName === 'IMG') refitImage(element, images);
  else element.removeAttribute('src');
  element.removeAttribute('cite');
};

const refitLink = (element: Element): void => {
  const target = linkTarget(element.getAttribute('href') ?? '');
  element.removeAttribute('href');
  if (target === undefined) return;
  element.setAttribute(LINK_ATTRIBUTE, target);
  element.setAttribute('role', 'link');
  element.setAttribute('tabindex', '0');
};

const refitImage = (element: Element, images: ReadonlyMap<string, string>): void => {
  const contentId = contentIdOf(element.getAttribute('src') ?? '');
  const source = contentId === undefined ? undefined : images.get(contentId);
  element.removeAttribute('src');
  if (source !== undefined) element.setAttribute('src', source);
  else element.replaceWith(...[element.getAttribute('alt') ?? ''].filter((alt) => alt !== ''));
};

export type SanitiseRequest = {
  /** The hostile HTML of a message. */
  readonly html: string;
  /** `blob:` or `data:` URLs of the message's own images by Content-ID; every other image is replaced by its words. */
  readonly images: ReadonlyMap<string, string>;
};

/**
 * HTML that can neither load, run, submit, follow nor overlay anything, with the words that were meant to be read.
 * Links keep their target in `data-link` only.
 * @param page a window with a DOM
 */
export const sanitiseHtml = (page: WindowLike, { html, images }: SanitiseRequest): string => {
  const purify = createDOMPurify(page);
  purify.addHook('uponSanitizeElement', (node, { tagName, allowedTags }) =>
    leaveSeen(node, { name: tagName, isAllowed: allowedTags[tagName] === true }),
  );
  purify.addHook('afterSanitizeAttributes', (element) => refit(element, images));
  const body = purify.sanitize(flattenHtml(html), { ...config, RETURN_DOM: true });
  keepSeenWords(body);
  return withoutTurns(body.innerHTML);
};
