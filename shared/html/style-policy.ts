/** Properties that cannot load, overlay, move or hide anything. */
const PROPERTIES: ReadonlySet<string> = new Set(
  (
    'background-color border border-bottom border-collapse border-color border-left border-radius border-right border-spacing border-style border-top ' +
    'border-width color direction font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style-type ' +
    'margin margin-bottom margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top ' +
    'table-layout text-align text-decoration text-indent text-transform vertical-align white-space width word-break word-spacing overflow-wrap'
  ).split(' '),
);

const FUNCTIONS = /(rgba?|hsla?)\([\d\s.,%/]*\)/giu;
/**
 * What remains once colours are taken out: words, numbers, units, quotes. No bracket, escape, comment, semicolon or
 * `@`.
 */
const HARMLESS = /^[\w\s.,%#'"!+-]*$/u;

const isHarmless = (value: string): boolean => {
  const rest = value.replace(FUNCTIONS, '');
  return (
    value.length <= 200 && HARMLESS.test(rest) && !/(?:url|expression|image|attr|var|env|element)\s*\(/iu.test(value)
  );
};

/** A negative margin pulls a message over what stands around it. */
const staysInPlace = (property: string, value: string): boolean =>
  !/^(?:margin|text-indent|letter-spacing|word-spacing)/u.test(property) || !/-\s*[\d.]/u.test(value);

/** Sizes and line breaks that make sense only where what is too much is cut off. */
const CUTS =
  /^(?:white-space: *(?:nowrap|pre)\b|(?:max-width|width|max-height|height): *[01](?:\.\d+)?(?:px|pt|%)?(?: *!|$))/iu;

const POSITIONS =
  /^(?:url|no-repeat|repeat|space|round|center|left|right|top|bottom|scroll|fixed|local|cover|contain|auto|none|initial|inherit|unset|revert|border-box|padding-box|content-box|!|important)/iu;

/** Of the short form of a ground only its colour: without it, words meant for that ground would stand on white. */
const groundColour = (value: string): string =>
  value
    .match(/(?:rgb|hsl)a?\([^()]*\)|[^\s()]+(?:\([^()]*\)?)?/giu)
    ?.find((part) => /^(?:#[0-9a-f]{3,8}$|(?:rgb|hsl)a?\(|[a-z]+$)/iu.test(part) && !POSITIONS.test(part)) ?? '';

const keepDeclaration = (declaration: string): string[] => {
  const colon = declaration.indexOf(':');
  const named = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
  const isGround = named === 'background';
  const property = isGround ? 'background-color' : named;
  const written = declaration.slice(colon + 1).trim();
  const value = isGround ? groundColour(written.slice(0, 1_000)) : written;
  const good = PROPERTIES.has(property) && value !== '' && isHarmless(value) && staysInPlace(property, value);
  return good ? [`${property}: ${value}`] : [];
};

/** Looks at each character once: a pattern that also looks for the semicolon would begin anew behind each of them. */
const hasQuotedBreak = (style: string): boolean =>
  [...style.matchAll(/(["'])([^"']*)(?=\1)/gu)].some(([, , quoted = '']) => quoted.includes(';'));

/**
 * What may stay of a style attribute of hostile HTML. Deny by default: a declaration that is not understood is
 * dropped. A style with an escape, a comment or unbalanced quotes is dropped whole, because browsers split it at
 * other places.
 */
export const safeStyle = (style: string): string => {
  if (/[\\@{}<>]|\/\*/u.test(style)) return '';
  const unbalanced = (style.split('"').length - 1) % 2 === 1 || (style.split("'").length - 1) % 2 === 1;
  if (unbalanced || hasQuotedBreak(style)) return '';
  // Nothing is cut off here. What was to be cut would lie over what stands beside it.
  const isCut = /(?:^|;)\s*(?:text-overflow|overflow(?:-x)?)\s*:/iu.test(style);
  const kept = style.split(';').flatMap(keepDeclaration);
  return (isCut ? kept.filter((declaration) => !CUTS.test(declaration)) : kept).join('; ');
};
