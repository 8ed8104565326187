/** Longer names are none. */
const MAX_CHARACTERS = 60;

/** Other spellings of charsets, as programs write them, each with the name that a decoder here knows. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:x-)?iso[-_]?8859[-_]?(\d{1,2})$/, 'iso-8859-$1'],
  [/^latin[-_]?(\d{1,2})$/, 'latin$1'],
  [/^(?:win|windows|ms|cp|x-cp)[-_]?(\d{3,5})$/, 'cp$1'],
  [/^koi8[-_]?r$/, 'koi8-r'],
  [/^koi8[-_]?u$/, 'koi8-u'],
  [/^(?:x-)?euc[-_]?(jp|kr)$/, 'euc-$1'],
  [/^uhc$/, 'euc-kr'],
  [/^(?:x-)?euc[-_]?cn$|^gb[-_]?2312(?:-80)?$/, 'gb2312'],
  [/^(?:x-)?gb[-_]?18030$/, 'gb18030'],
  [/^(?:x-)?big[-_]?5(?:[-_]?(?:eten|hkscs|tw))?$/, 'big5'],
  // Decoders know one kind of each, which reads what the others have in common with it.
  [/^(?:x-)?s(?:hift)?[-_]?jis(?:x0213|-2004)?$|^cp-?94[23]$/, 'shift_jis'],
  [/^iso[-_]?2022[-_]?jp(?:-?[123]|-ms|-2004)?$|^cp-?5022[012]$|^jis$/, 'iso-2022-jp'],
  [/^x-mac-?(?:ce|centraleurroman)$/, 'maccenteuro'],
  [/^x-mac-?(greek|turkish|cyrillic|croatian|romania)$/, 'mac$1'],
];

/** The name of a charset as decoders write it: in small letters, without quotes, in its usual spelling. */
export function charsetName(given: string): string {
  const name = given
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/['";\s]+/g, '')
    .replace(/:\d{4}$/, '');
  const [pattern, usual] = SPELLINGS.find(([spelling]) => spelling.test(name)) ?? [];
  return pattern === undefined || usual === undefined ? name : name.replace(pattern, usual);
}
