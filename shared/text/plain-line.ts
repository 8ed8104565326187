import { wellFormed } from './well-formed';

/** Line ends and other controls; the separators of lines and paragraphs. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/**
 * Characters of no width, and those that turn the direction of writing; joiners have a rule of their own. The first
 * group is what says how the character before is drawn: the tags of the three flags that there are, variants of Han
 * and of Mongolian.
 */
const INVISIBLE =
  /((?:\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})|\p{Script=Han}[\u{e0100}-\u{e01ef}]|\p{Script=Mongolian}(?:[\u180b-\u180d\u180f]|\u180e(?=\p{Script=Mongolian})))|(?!\u200c|\u200d|[\ufe00-\ufe0f]|[\u115f\u1160\u3164\uffa0])[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/** White space, and letters that look like it: fillers of Hangul, the empty pattern of Braille. */
const BLANKS = /[\s\u115f\u1160\u2800\u3164\uffa0]+/gu;
/**
 * A joiner or a variation selector where it joins nothing. Persian and the scripts of India are misspelt without
 * joiners, and an emoji of a family falls apart; between other letters they only hide that two names differ.
 */
const STRAY_JOINERS =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\ufe0f])[\u200c\u200d]+|[\u200c\u200d]+$|[\u200c\u200d]+(?=[\s\u115f\u1160\u2800\u3164\uffa0<>|\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}])/gu;
const STRAY_SELECTORS = /(?<![\p{Extended_Pictographic}\p{Script=Han}0-9#*])[\ufe00-\ufe0f]+/gu;

/**
 * A short text of somebody else made one line that reads as it is written: controls and all blanks are a space, of
 * several one, and nothing is left that has no width or turns the direction, but for joiners that join.
 */
export function plainLine(text: string): string {
  return wellFormed(text)
    .replace(CONTROLS, ' ')
    .replace(INVISIBLE, '$1')
    .replace(STRAY_SELECTORS, '')
    .replace(STRAY_JOINERS, '')
    .replace(BLANKS, ' ')
    .trim();
}
