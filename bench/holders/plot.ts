/** A rectangle with two axes, in the units of the picture. */
export type Frame = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** From the values of an axis to the picture. */
export type Scale = (value: number) => number;

export type Tick = { readonly value: number; readonly label: string };
export type Point = { readonly x: number; readonly y: number };

export function linear(from: number, to: number, start: number, end: number): Scale {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

export function logarithmic(from: number, to: number, start: number, end: number): Scale {
  const inLogs = linear(Math.log(from), Math.log(to), start, end);
  return (value) => inLogs(Math.log(Math.min(Math.max(value, from), to)));
}

/** Grid, ticks and names of both axes. */
export function axes(
  frame: Frame,
  o: {
    readonly x: Scale;
    readonly y: Scale;
    readonly xTicks: readonly Tick[];
    readonly yTicks: readonly Tick[];
    readonly xName: string;
    readonly title: string;
  },
): string[] {
  const bottom = frame.top + frame.height;
  const right = frame.left + frame.width;
  return [
    text({ x: frame.left, y: frame.top - 18 }, o.title, 'title'),
    ...o.yTicks.flatMap(({ value, label }) => [
      `<line class="grid" x1="${n(frame.left)}" y1="${n(o.y(value))}" x2="${n(right)}" y2="${n(o.y(value))}"/>`,
      text({ x: frame.left - 8, y: o.y(value) + 4 }, label, 'tick end'),
    ]),
    ...o.xTicks.flatMap(({ value, label }) => [
      `<line class="grid" x1="${n(o.x(value))}" y1="${n(frame.top)}" x2="${n(o.x(value))}" y2="${n(bottom)}"/>`,
      text({ x: o.x(value), y: bottom + 18 }, label, 'tick middle'),
    ]),
    text({ x: frame.left + frame.width / 2, y: bottom + 40 }, o.xName, 'tick middle'),
  ];
}

export function curve(points: readonly Point[], kind: string): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
  return `<path class="curve ${kind}" d="${path}"/>`;
}

export function text({ x, y }: Point, words: string, kind: string): string {
  return `<text class="${kind}" x="${n(x)}" y="${n(y)}">${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
}

/** Short numbers keep the file small and the same on every machine. */
const n = (value: number): string => String(Math.round(value * 10) / 10);
