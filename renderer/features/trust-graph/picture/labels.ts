import type { Scene } from './scene';
import { signs } from '../web/person-signs';
import { toScreen } from './view';
import type { Size, View } from './view';
import type { Point } from '../web/layout-web';
import type { Person } from '../web/web';

/** A name and the middle of its upper edge, in pixels of the screen. */
export type Label = {
  readonly at: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly strong: boolean;
  readonly dim: boolean;
};

export type LabelRoom = {
  readonly view: View;
  readonly size: Size;
  readonly widthOf: (text: string, strong: boolean) => number;
};

export const LABEL_HEIGHT = 15;
/** Side of a square of the grid in which covered places are looked up. */
const CELL = 48;
/** Below this distance between neighbours on the screen only those whom the user named introducers have their names. */
const NAMES_FROM = 40;

/** Where a name stands when there is no room below the sign. */
type Wish = Label & { readonly above: number };

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/**
 * Which names have room, most important first: the chosen and their path, the user, then nearest first. No name covers
 * another.
 */
export const chooseLabels = (scene: Scene, room: LabelRoom): Label[] => {
  const taken = new Map<number, Box[]>();
  const labels: Label[] = [];
  const order = inOrder(scene, room.view);
  for (const at of order) keepSign(taken, scene, room.view, at);
  for (const at of order) {
    const label = labelOf(scene, room, at);
    if (!isOnScreen(label, room.size)) continue;
    const half = room.widthOf(label.text, label.strong) / 2 + 3;
    const free = [label.y, label.above].find((top) =>
      claim(taken, { left: label.x - half, right: label.x + half, top, bottom: top + LABEL_HEIGHT }),
    );
    if (free !== undefined) labels.push({ ...label, y: free });
  }
  return labels;
};

/** Radius of somebody's sign on the screen: it grows with the view, more slowly and within limits. */
export const screenRadius = (radius: number, scale: number): number =>
  radius * Math.min(1.6, Math.max(0.32, scale ** 0.7));

/** From a sign to the ring around it that tells of an introducer. */
export const haloGap = (radius: number): number => Math.min(3.2, radius * 0.4);

const labelOf = (scene: Scene, { view }: LabelRoom, at: number): Wish => {
  const { web, layout, lit, chosen } = scene;
  const point: Point = toScreen(view, layout.places[at] ?? { x: 0, y: 0 });
  const radius = reachOf(web.people[at], view.scale);
  const strong = at === 0 || at === chosen || lit?.people.has(at) === true;
  return {
    at,
    text: web.people[at]?.label ?? '',
    x: point.x,
    y: point.y + radius + 3,
    above: point.y - radius - 4 - LABEL_HEIGHT,
    strong,
    dim: lit !== undefined && !strong,
  };
};

/** Radius of a sign with its ring. */
const reachOf = (person: Person | undefined, scale: number): number => {
  if (!person) return 0;
  const radius = screenRadius(signs[person.kind].radius, scale);
  return person.introduces ? radius + haloGap(radius) : radius;
};

const inOrder = ({ web, layout, shown, chosen, lit }: Scene, view: View): number[] => {
  const first = [...(chosen === undefined ? [] : [chosen]), 0, ...(lit?.people ?? [])];
  const everybody = layout.spacing * view.scale >= NAMES_FROM;
  const near = web.people
    .filter(({ at, distance, introduces }) => shown.has(at) && (everybody || (distance === 1 && introduces)))
    .map(({ at }) => at);
  return [...new Set([...first, ...(lit !== undefined && !everybody ? [] : near)])];
};

const isOnScreen = ({ x, y }: Label, { width, height }: Size): boolean =>
  x > -60 && x < width + 60 && y > -20 && y < height + 10;

/** No name covers the sign of somebody who is named. */
const keepSign = (taken: Map<number, Box[]>, { web, layout }: Scene, view: View, at: number): void => {
  const { x, y } = toScreen(view, layout.places[at] ?? { x: 0, y: 0 });
  const reach = reachOf(web.people[at], view.scale) - 1;
  put(taken, { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });
};

/** Takes a place if nobody has it. */
const claim = (taken: Map<number, Box[]>, box: Box): boolean => {
  const cells = cellsOf(box);
  const isFree = cells.every((cell) =>
    (taken.get(cell) ?? []).every(
      (other) =>
        box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom,
    ),
  );
  if (isFree) put(taken, box);
  return isFree;
};

const put = (taken: Map<number, Box[]>, box: Box): void => {
  for (const cell of cellsOf(box)) {
    const boxes = taken.get(cell);
    if (boxes) boxes.push(box);
    else taken.set(cell, [box]);
  }
};

const cellsOf = ({ left, right, top, bottom }: Box): number[] => {
  const cells: number[] = [];
  for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1)
      cells.push(row * 10_000 + column);
  }
  return cells;
};
