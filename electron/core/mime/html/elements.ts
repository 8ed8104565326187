/** Elements that hold nothing (WHATWG HTML 13.1.2). */
export const VOID = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);

/** Lines between a block and what stands around it: 2 is an empty line. */
export const BREAKS: ReadonlyMap<string, 1 | 2> = new Map([
  ...'address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form'
    .split(' ')
    .map((name) => [name, 1] as const),
  ...'header hgroup html legend li main menu nav optgroup option section select summary tbody tfoot thead tr caption'
    .split(' ')
    .map((name) => [name, 1] as const),
  ...'blockquote h1 h2 h3 h4 h5 h6 hr ol p pre table ul'.split(' ').map((name) => [name, 2] as const),
]);

/** Elements over which an end tag of words, such as `</b>`, does not reach (WHATWG HTML 13.2.4.2, «special»). */
export const isBlock = (name: string): boolean => BREAKS.has(name) || name === 'td' || name === 'th';

/** What a start tag closes that stands open right around it: ends of these are often left out. */
export const CLOSES: ReadonlyMap<string, readonly string[]> = new Map([
  ['li', ['li']],
  ['dt', ['dt', 'dd']],
  ['dd', ['dt', 'dd']],
  ['td', ['td', 'th']],
  ['th', ['td', 'th']],
  ['tr', ['td', 'th', 'tr']],
  ['tbody', ['td', 'th', 'tr', 'thead', 'tbody']],
  ['tfoot', ['td', 'th', 'tr', 'tbody']],
  ['option', ['option']],
  ['optgroup', ['option', 'optgroup']],
]);
