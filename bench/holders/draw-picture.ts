import { axes, curve, linear, logarithmic, text, type Frame, type Point, type Tick } from './plot';
import { shareWithin, type StoragePoint, type WorldAccount } from './world-account';

const WIDTH = 1_040;
const HEIGHT = 430;
const CURVE_POINTS = 240;

const HOUR = 60;
const DAY = 24 * HOUR;
/** Minutes: nothing comes through Tor sooner. */
const SHORTEST = 0.04;

const latencyFrame: Frame = { left: 60, top: 70, width: 480, height: 260 };
const storageFrame: Frame = { left: 660, top: 70, width: 330, height: 260 };

const latencyTicks: readonly Tick[] = [
  { value: 0.1, label: '6 s' },
  { value: 1, label: '1 min' },
  { value: 10, label: '10 min' },
  { value: HOUR, label: '1 h' },
  { value: 6 * HOUR, label: '6 h' },
  { value: DAY, label: '1 day' },
  { value: 4 * DAY, label: '4 d' },
  { value: 14 * DAY, label: '14 d' },
];

/** Both schemes by the reader's own setting; without it greys that can be read on either. */
const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #59636e; }
.title { font-size: 14px; font-weight: 600; }
.end { text-anchor: end; } .middle { text-anchor: middle; }
.grid { stroke: #8b949e; stroke-opacity: .3; }
.curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.with { stroke: #2f6fdb; } .without { stroke: #c2571a; stroke-dasharray: 7 4; }
.mean { stroke: #2f6fdb; } .p99 { stroke: #8250df; stroke-width: 1.5; } .max { stroke: #8b949e; stroke-width: 1.5; stroke-dasharray: 2 3; }
text.with, text.mean { fill: #2f6fdb; stroke: none; font-weight: 600; } text.without { fill: #c2571a; stroke: none; font-weight: 600; }
text.p99 { fill: #8250df; stroke: none; } text.max { stroke: none; }
@media (prefers-color-scheme: dark) {
text { fill: #9aa4af; }
.with, .mean { stroke: #6ea8ff; } .without { stroke: #f0883e; } .p99 { stroke: #c297ff; }
text.with, text.mean { fill: #6ea8ff; } text.without { fill: #f0883e; } text.p99 { fill: #c297ff; }
}`;

/**
 * What holders change, as one plain SVG: how soon mail arrives, and what keeping it costs. The same accounts give the
 * same file.
 */
export function drawPicture(o: { readonly withHolders: WorldAccount; readonly without: WorldAccount }): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="${ariaLabel(o)}">`,
    `<style>${STYLE}</style>`,
    ...drawLatency(o),
    ...drawStorage(o.withHolders),
    text({ x: latencyFrame.left, y: HEIGHT - 22 }, caption(o.withHolders), 'tick'),
    '</svg>',
    '',
  ].join('\n');
}

function drawLatency({
  withHolders,
  without,
}: {
  readonly withHolders: WorldAccount;
  readonly without: WorldAccount;
}): string[] {
  const { left, top, width, height } = latencyFrame;
  const x = logarithmic(SHORTEST, 20 * DAY, left, left + width);
  const y = linear(0, 1, top + height, top);
  const yTicks = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: `${String(value * 100)} %` }));
  const points = (account: WorldAccount): Point[] =>
    times().map((minutes) => ({ x: x(minutes), y: y(shareWithin(account, minutes)) }));
  const label = (account: WorldAccount, at: number, shift: number): Point => ({
    x: x(at),
    y: y(shareWithin(account, at)) + shift,
  });
  return [
    ...axes(latencyFrame, {
      x,
      y,
      xTicks: latencyTicks,
      yTicks,
      xName: 'time from writing until it is with its reader',
      title: 'Letters that have arrived',
    }),
    curve(points(without), 'without'),
    curve(points(withHolders), 'with'),
    text(label(withHolders, 0.75 * HOUR, -16), 'with holders', 'with end'),
    text(label(without, 8 * HOUR, 26), 'without', 'without'),
  ];
}

/** Minutes, evenly spread on a logarithmic axis. */
function times(): number[] {
  return Array.from(
    { length: CURVE_POINTS + 1 },
    (_, step) => SHORTEST * ((20 * DAY) / SHORTEST) ** (step / CURVE_POINTS),
  );
}

function drawStorage({ storage, days, options }: WorldAccount): string[] {
  const { left, top, width, height } = storageFrame;
  const highest = niceAbove(Math.max(1, ...storage.map(({ max }) => max)) / 1_000);
  const x = linear(0, days, left, left + width);
  const y = linear(0, highest, top + height, top);
  const yTicks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
    value: share * highest,
    label: kilobytes(share * highest),
  }));
  const every = days > 14 ? 7 : 2;
  const xTicks = Array.from({ length: Math.floor(days / every) + 1 }, (_, step) => ({
    value: step * every,
    label: String(step * every),
  }));
  const points = (of: (point: StoragePoint) => number): Point[] =>
    storage.map((point) => ({ x: x(point.at), y: y(of(point) / 1_000) }));
  return [
    ...axes(storageFrame, {
      x,
      y,
      xTicks,
      yTicks,
      xName: `days; letters are written on the first ${String(options.writingDays)}`,
      title: 'What one person keeps for others',
    }),
    curve(
      points(({ max }) => max),
      'max',
    ),
    curve(
      points(({ p99 }) => p99),
      'p99',
    ),
    curve(
      points(({ mean }) => mean),
      'mean',
    ),
    ...(['max', 'p99', 'mean'] as const).map((kind, row) =>
      text({ x: left + width - 4, y: top + 18 + 18 * row }, storageWords[kind], `${kind} end`),
    ),
  ];
}

const storageWords = { max: 'the one who keeps most', p99: '99 of 100 keep less', mean: 'on average' } as const;

/** The next of 1, 2, 4, 10, 20, 40 …, so that quarters are round. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 10].find((step) => step * power >= value) ?? 10) * power;
}

function kilobytes(value: number): string {
  return value >= 1_000 ? `${String(value / 1_000)} MB` : `${String(value)} kB`;
}

function caption({ options, onlineShare, letters, crashes }: WorldAccount): string {
  const { people, holders, malicious, seed } = options;
  const online = `${(onlineShare * 100).toFixed(0)} % online at a time`;
  return `${String(people)} people, ${online}, ${String(holders)} holders each, ${String(malicious * 100)} % malicious holders, ${String(crashes)} crashes, ${String(letters)} letters; seed “${seed}”`;
}

function ariaLabel({
  withHolders,
  without,
}: {
  readonly withHolders: WorldAccount;
  readonly without: WorldAccount;
}): string {
  const share = (account: WorldAccount): string => `${(shareWithin(account, HOUR) * 100).toFixed(0)} of 100 letters`;
  return `With holders ${share(withHolders)} arrive within an hour, without ${share(without)}.`;
}
