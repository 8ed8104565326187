import { eachBeyondAscii } from './each-beyond-ascii';

/**
 * The one folding of text: what people take for the same word is the same after it, however it was typed or stored.
 * Everything that looks words up (index, query, contacts, suggestions) goes through here. Compatibility forms, case,
 * accents and points, characters that are not seen and typographic apostrophes are folded. Vowel signs of Indic and
 * Thai scripts and the voicing marks of kana stay: without them it is another word. Pure; linear in the text.
 */
export function foldText(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  const apart = text.replaceAll('\u00b4', "'").normalize('NFKD').toLowerCase();
  const known = new Map<number, string | undefined>();
  let folded = '';
  let kept = 0;
  eachBeyondAscii(apart, (code, at, next) => {
    if (!known.has(code)) known.set(code, foldCharacter(apart.slice(at, next)));
    const to = known.get(code);
    if (to === undefined) return;
    folded += apart.slice(kept, at) + to;
    kept = next;
  });
  return (folded + apart.slice(kept)).normalize('NFC');
}

const BEYOND_ASCII = /[\u0080-\u{10ffff}]/u;

/** What stands for a character; undefined for itself. */
function foldCharacter(character: string): string | undefined {
  // Two halves would become a letter when what stands between them is dropped.
  if (/\p{Surrogate}/u.test(character)) return '\ufffd';
  if (DROPPED.test(character)) return '';
  return DIGIT.test(character) ? asciiDigit(character) : FOLDS[character];
}

/**
 * Marks of scripts that are read without them, the Devanagari nukta, tatweel and its sister in N'Ko, and all that is
 * not seen (soft hyphen, joiners, variation selectors, signs of direction, Hangul fillers). `Inherited` holds the
 * accents of Latin and Greek, the Arabic vowels, and the marks of kana, which stay.
 */
const DROPPED =
  /(?![\u3099\u309a])(?=\p{M})[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Cyrillic}\p{Script=Coptic}\p{Script=Nko}\p{Script=Ethiopic}\u093c]|[\p{Default_Ignorable_Code_Point}\u0640\u07fa]/u;

const DIGIT = /\p{Nd}/u;

/** Decimal digits of every script stand in order, ten by ten. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** Letters that Unicode does not take apart, and signs that are typed one for the other. */
const FOLDS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  ȷ: 'j',
  ł: 'l',
  ƚ: 'l',
  ɫ: 'l',
  ø: 'o',
  ɵ: 'o',
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  ɗ: 'd',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ⱦ: 't',
  ƭ: 't',
  ŋ: 'n',
  ɲ: 'n',
  ĸ: 'k',
  ƙ: 'k',
  ƀ: 'b',
  ɓ: 'b',
  ƈ: 'c',
  ȼ: 'c',
  ƒ: 'f',
  ǥ: 'g',
  ɠ: 'g',
  ɨ: 'i',
  ɉ: 'j',
  ɍ: 'r',
  ɏ: 'y',
  ƴ: 'y',
  ƥ: 'p',
  ʉ: 'u',
  ʋ: 'v',
  ƶ: 'z',
  ȥ: 'z',
  ⱥ: 'a',
  ɇ: 'e',
  ґ: 'г',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʹ: "'",
  ʻ: "'",
  ʼ: "'",
  ʽ: "'",
  ˈ: "'",
  '′': "'",
  '‵': "'",
  ꞌ: "'",
  '՚': "'",
  '׳': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '״': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
