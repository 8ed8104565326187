import { areWordsSeen, isShown, SEEN, seenIn, type Seen } from '../../../../shared/html/seen';
import { canBeRead, laidOver, type Colour } from './contrast';

/** The style as it was written, which the sanitiser keeps for this walk alone; it is taken off again. */
export const DECLARED_ATTRIBUTE = 'data-declared';
/** The attribute that carries a link's target in place of `href`, so that nothing can be followed. */
export const LINK_ATTRIBUTE = 'data-link';

/** What the words of an element look like, as far as it came down to them. */
type Look = { readonly words: Colour; readonly ground: Colour; readonly seen: Seen };

/** The frame's own: dark on white paper. */
const PAPER: Look = { words: [30, 29, 26], ground: [255, 255, 255], seen: SEEN };

/**
 * Goes through sanitised HTML once: takes away words that the writer hid, and colours in which words cannot be read
 * on what stands behind them.
 */
export const keepSeenWords = (body: Element): void => {
  const colourOf = colours();
  for (const child of [...body.childNodes]) walk(child, PAPER, colourOf);
};

const walk = (node: Node, look: Look, colourOf: ColourOf): void => {
  // `instanceof` would compare with this window's classes; the document is another.
  if (node.nodeType === 3 && !areWordsSeen(look.seen)) node.parentNode?.removeChild(node);
  if (node.nodeType !== 1) return;
  const element = node as HTMLElement;
  const seen = seenHere(element, look.seen);
  if (seen.isGone || (element.tagName === 'IMG' && !isShown(seen))) {
    element.remove();
    return;
  }
  dressGround(element);
  const own = { ...readable(element, look, colourOf), seen };
  for (const child of [...element.childNodes]) walk(child, own, colourOf);
};

const seenHere = (element: Element, around: Seen): Seen => {
  const style = element.getAttribute(DECLARED_ATTRIBUTE) ?? undefined;
  const attribute = (name: string) => (name === 'style' ? style : (element.getAttribute(name) ?? undefined));
  const seen = seenIn(around, { name: element.tagName.toLowerCase(), attribute });
  element.removeAttribute(DECLARED_ATTRIBUTE);
  element.removeAttribute('hidden');
  return seen;
};

/** The old attribute for a ground is drawn in tables alone; a page had it, too. */
const dressGround = (element: HTMLElement): void => {
  if (/^T/u.test(element.tagName) || !element.hasAttribute('bgcolor')) return;
  if (element.style.backgroundColor === '') element.style.backgroundColor = attribute(element, 'bgcolor');
  element.removeAttribute('bgcolor');
};

/** Judged where words stand: a dark ground is often given to a table, and the light words to its cells. */
const readable = (element: HTMLElement, look: Look, colourOf: ColourOf): Look => {
  const own = dressed(element, look, colourOf);
  if (canBeRead(own.words, own.ground) || !hasWords(element)) return own;
  undress(element);
  const bare = { ...dressed(element, look, colourOf), words: look.words };
  if (canBeRead(bare.words, bare.ground)) {
    if (element.hasAttribute(LINK_ATTRIBUTE)) element.style.color = 'inherit';
    return bare;
  }
  const words = canBeRead(PAPER.ground, bare.ground) ? PAPER.ground : PAPER.words;
  element.style.color = `rgb(${words.join(', ')})`;
  return { ...bare, words };
};

const hasWords = ({ childNodes }: Node): boolean =>
  [...childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim() !== '');

/** What the frame's own sheet gives to a link. */
const LINK: Colour = [42, 76, 189];

const dressed = (element: HTMLElement, look: Look, colourOf: ColourOf): Look => {
  const { color, backgroundColor } = element.style;
  const usual = element.hasAttribute(LINK_ATTRIBUTE) ? LINK : look.words;
  const words = color || attribute(element, 'color');
  const behind = backgroundColor || attribute(element, 'bgcolor');
  const own = (ground: Colour): Colour => (isAround(words) ? look.words : (laidOver(colourOf(words), ground) ?? usual));
  const ground =
    (behind === 'currentcolor' ? own(look.ground) : laidOver(colourOf(behind), look.ground)) ?? look.ground;
  return { ...look, words: own(ground), ground };
};

/** Whether words have the colour of those around them, also in a link. */
const isAround = (colour: string): boolean => /^(?:inherit|unset|currentcolor)$/iu.test(colour.trim());

/** Takes words and ground away together: one without the other is what made them alike. */
const undress = (element: HTMLElement): void => {
  for (const property of ['color', 'background-color']) element.style.removeProperty(property);
  for (const name of ['color', 'bgcolor']) element.removeAttribute(name);
  if (element.getAttribute('style') === '') element.removeAttribute('style');
};

/** Colours of attributes may stand without their `#`. */
const attribute = (element: HTMLElement, name: string): string => {
  const value = element.getAttribute(name) ?? '';
  return /^[0-9a-f]{6}$/iu.test(value) ? `#${value}` : value;
};

type ColourOf = (text: string) => string;

/** Names of colours as numbers; what is no colour comes back empty. Letters use few of them, again and again. */
const colours = (): ColourOf => {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  const known = new Map<string, string>();
  const read = (text: string): string => {
    if (!pen || text === '') return '';
    const answers = ['#000000', '#ffffff'].map((before) => {
      pen.fillStyle = before;
      pen.fillStyle = text;
      return pen.fillStyle;
    });
    return answers[0] === answers[1] ? (answers[0] ?? '') : '';
  };
  return (text) => {
    const answer = known.get(text) ?? read(text);
    known.set(text, answer);
    return answer;
  };
};
