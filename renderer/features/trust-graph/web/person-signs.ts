import type { PersonKind } from './web';

/** Colours of the picture, by the names of tokens.css. */
export const colourTokens = {
  surface: '--surface-page',
  text: '--text',
  soft: '--text-soft',
  faint: '--text-faint',
  line: '--border-strong',
  ring: '--border',
  accent: '--accent',
  good: '--good',
  info: '--info',
  warning: '--warning',
  danger: '--danger',
  onAccent: '--on-accent',
  focus: '--focus',
} as const;
export type ColourName = keyof typeof colourTokens;
export type Palette = Readonly<Record<ColourName, string>>;

/**
 * How a kind of person is drawn. `outline` is an SVG path within a circle of radius 1; `mark` is stroked over it when
 * there is room.
 */
export type Sign = {
  readonly outline: string;
  readonly filled: boolean;
  readonly mark: string | undefined;
  readonly colour: ColourName;
  /** In units of the layout. */
  readonly radius: number;
};

const CIRCLE = 'M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z';

export const signs: Readonly<Record<PersonKind, Sign>> = {
  you: {
    outline: CIRCLE,
    filled: true,
    mark: 'M0 -.5A.24 .24 0 1 1 0 -.02A.24 .24 0 1 1 0 -.5M-.46 .5A.47 .42 0 0 1 .46 .5',
    colour: 'accent',
    radius: 15,
  },
  verified: { outline: CIRCLE, filled: true, mark: 'M-.44 .03L-.13 .36L.46 -.32', colour: 'good', radius: 9.5 },
  introduced: { outline: 'M0 -1.12L1.12 0L0 1.12L-1.12 0Z', filled: true, mark: undefined, colour: 'info', radius: 8 },
  marginal: { outline: 'M0 -1.1L1.05 .75L-1.05 .75Z', filled: false, mark: undefined, colour: 'warning', radius: 8 },
  unbelieved: { outline: CIRCLE, filled: false, mark: undefined, colour: 'faint', radius: 6 },
  invalid: { outline: 'M-.8 -.8L.8 .8M.8 -.8L-.8 .8', filled: false, mark: undefined, colour: 'danger', radius: 6.5 },
};

/** Kinds in the order of the legend. */
export const KIND_ORDER: readonly PersonKind[] = ['you', 'verified', 'introduced', 'marginal', 'unbelieved', 'invalid'];
