import { LONGEST_SEARCHED_SIDE } from './limits';
import type { PictureSize } from './picture-size';

/** A part of a picture, in its own pixels, and how large it is drawn for the search. */
export type Piece = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
};

/** Longest sides to try, likeliest first: a code that fills the picture is read best from a small one. */
const SIDES = [1_000, 1_800, 500, LONGEST_SEARCHED_SIDE];

/** How many pieces a very large picture is cut into each way, at most. */
const MOST_PIECES_ACROSS = 4;

const whole = ({ width, height }: PictureSize, side: number): Piece => ({
  x: 0,
  y: 0,
  width,
  height,
  scale: side / Math.max(width, height),
});

/** Pieces that overlap by half, so that each code lies whole in one of them. */
const cut = (size: PictureSize): Piece[] => {
  const longest = Math.max(size.width, size.height);
  if (longest <= LONGEST_SEARCHED_SIDE) return [];
  const side = Math.max(LONGEST_SEARCHED_SIDE / 2, longest / MOST_PIECES_ACROSS);
  const starts = (length: number) =>
    Array.from({ length: Math.max(1, Math.ceil((length - side) / (side / 2)) + 1) }, (_, index) =>
      Math.max(0, Math.min(index * (side / 2), length - side)),
    );
  const scale = Math.min(1, LONGEST_SEARCHED_SIDE / 2 / side);
  return starts(size.height).flatMap((y) =>
    starts(size.width).map((x) => ({
      x,
      y,
      width: Math.min(side, size.width),
      height: Math.min(side, size.height),
      scale,
    })),
  );
};

/**
 * The four halves, a little more than half so that a code in the middle is whole in one: the finder mixes up two codes
 * that stand side by side. A picture of one or two pixels has no halves that way.
 */
const halves = ({ width, height }: PictureSize): Piece[] => {
  const [across, down] = [Math.ceil(width * 0.55), Math.ceil(height * 0.55)];
  const scaleOf = (side: number) => Math.min(1, LONGEST_SEARCHED_SIDE / 2 / side);
  const upright = { y: 0, width: across, height, scale: scaleOf(Math.max(across, height)) };
  const lying = { x: 0, width, height: down, scale: scaleOf(Math.max(width, down)) };
  return [
    { ...upright, x: 0 },
    { ...upright, x: width - across },
    { ...lying, y: 0 },
    { ...lying, y: height - down },
  ].filter((half) => half.width < width || half.height < height);
};

/**
 * What to search of a picture, step by step until a code is found: the whole in several sizes, then its halves, then a
 * large one piece by piece. All pieces of a step are searched, as each may hold another code.
 */
export const searchPlan = (size: PictureSize): readonly (readonly Piece[])[] => {
  const longest = Math.max(size.width, size.height);
  const natural = Math.min(longest, LONGEST_SEARCHED_SIDE);
  const wholes = [...new Set([...SIDES.filter((side) => side < natural), natural])];
  // A small picture is enlarged once: single pixels for modules are too few for the finder.
  const enlarged = longest < 400 ? [longest * 3] : [];
  return [
    ...[...wholes, ...enlarged].map((side) => [whole(size, side)]),
    ...[halves(size)].filter((pieces) => pieces.length > 0),
    ...cut(size).map((piece) => [piece]),
  ];
};
