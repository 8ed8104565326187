/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

/** Below it nobody reads: 1 is the same colour, 21 is black on white; WCAG asks for 4.5. */
const LEAST_CONTRAST = 1.6;

const channel = (value: number): number => {
  const share = value / 255;
  return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = ([red, green, blue]: Colour): number =>
  0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);

/** Whether words in one colour can be read on the other (WCAG 2, 1.4.3). */
export const canBeRead = (words: Colour, ground: Colour): boolean => {
  const [light = 0, dark = 0] = [luminance(words), luminance(ground)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST;
};

/**
 * A colour as a browser writes it (`rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)`, `#010203`), laid over another; undefined for
 * what is none.
 */
export const laidOver = (text: string, ground: Colour): Colour | undefined => {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/u.exec(text);
  if (hex) return [hex[1], hex[2], hex[3]].map((digits) => Number.parseInt(digits ?? '0', 16)) as unknown as Colour;
  const found = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/u.exec(text);
  if (!found) return undefined;
  const alpha = Number(found[4] ?? 1);
  const mixed = (index: 0 | 1 | 2): number => Number(found[index + 1]) * alpha + ground[index] * (1 - alpha);
  return [mixed(0), mixed(1), mixed(2)];
};
