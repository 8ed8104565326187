/** What a style hides: the element with all that is in it, its own words until a size is given again, or nothing. */
type Hidden = 'all' | 'words' | undefined;

const FAR_AWAY = /^-\s*(?:\d{4,}|[3-9]\d\d)(?:\.\d+)?(?:px|pt)?$/u;
const SIZE = /^(\d+\.?\d*|\.\d+)(px|pt|em|rem|%|ex|ch|vw|vh)?$/u;

/** Up to one pixel or point; shares of the size around only when they are nothing. */
const isNothing = (value: string): boolean => {
  const [, number, unit] = SIZE.exec(value) ?? [];
  if (number === undefined) return false;
  return Number(number) <= (unit === undefined || unit === 'px' || unit === 'pt' ? 1 : 0.05);
};

const declarationsOf = (style: string): ReadonlyMap<string, string> =>
  new Map(
    style
      .toLowerCase()
      .split(';', 200)
      .map((declaration) => {
        const colon = declaration.indexOf(':');
        const value = declaration.slice(colon + 1).replace(/!\s*important/u, '');
        return [declaration.slice(0, Math.max(0, colon)).trim(), value.trim()];
      }),
  );

/**
 * What the writer of a letter hid from its reader by a style attribute. We show no more than other programs do, or a
 * letter would begin with words that were never meant to be read.
 */
export const hiddenBy = (style: string): Hidden => {
  const declared = declarationsOf(style);
  const value = (property: string): string => declared.get(property) ?? '';
  if (WAYS_TO_HIDE.some((hides) => hides(value))) return 'all';
  return isNothing(value('font-size')) ? 'words' : undefined;
};

type ValueOf = (property: string) => string;

const WAYS_TO_HIDE: readonly ((value: ValueOf) => boolean)[] = [
  (value) => value('display') === 'none',
  (value) => /^(?:hidden|collapse)$/u.test(value('visibility')),
  (value) => /^(?:0+(?:\.0\d*)?|\.0\d*)%?$/u.test(value('opacity')),
  (value) =>
    ['left', 'right', 'top', 'text-indent', 'margin-left', 'margin-top'].some((side) => FAR_AWAY.test(value(side))),
  (value) =>
    /hidden|clip/u.test(value('overflow')) &&
    ['height', 'width', 'max-height', 'max-width'].some((side) => isNothing(value(side))),
  (value) => /^rect\(\s*[01]/u.test(value('clip')) || /inset\(\s*(?:100|50)%/u.test(value('clip-path')),
];

/** Whether a style gives its words a size that can be read, whatever the size around them. */
export const givesSize = (style: string): boolean => {
  const size = declarationsOf(style).get('font-size');
  return (
    size !== undefined &&
    /^(?:[\d.]+(?:px|pt|rem|mm|cm|in|vw)|(?:x{1,3}-)?(?:small|large)|medium)$/u.test(size) &&
    !isNothing(size)
  );
};
