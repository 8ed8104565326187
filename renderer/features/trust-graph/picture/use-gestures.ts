import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Point } from '../web/layout-web';
import type { WebView } from './use-web-view';

/** Pixels within which a press is a press and no drag. */
const STILL = 4;
const WHEEL_STEP = 0.0016;

export type GestureTarget = {
  readonly view: WebView;
  readonly onPress: (point: Point) => void;
  /** Undefined when the pointer leaves or drags. */
  readonly onHover: (point: Point | undefined) => void;
};

/** Drag with mouse or finger to pan, two fingers or the wheel to zoom, Shift and the wheel to pan. */
export const useGestures = (holder: RefObject<HTMLElement | null>, target: GestureTarget): void => {
  const latest = useRef(target);
  useEffect(() => {
    latest.current = target;
  });
  useEffect(() => (holder.current ? listen(holder.current, () => latest.current) : undefined), [holder]);
};

const pointIn = (element: HTMLElement, { clientX, clientY }: MouseEvent): Point => {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

const middleOf = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
const apart = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

const listen = (element: HTMLElement, target: () => GestureTarget): (() => void) => {
  const pointers = new Map<number, Point>();
  let travelled = 0;
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, pointIn(element, event));
    element.setPointerCapture(event.pointerId);
    target().onHover(undefined);
  };
  const move = (event: PointerEvent) => {
    const point = pointIn(element, event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      target().onHover(point);
      return;
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) target().view.zoom(apart(point, other) / Math.max(1, apart(before, other)), middleOf(point, other));
    travelled += apart(before, point);
    pointers.set(event.pointerId, point);
    const share = other ? 0.5 : 1;
    if (travelled > STILL) target().view.pan((point.x - before.x) * share, (point.y - before.y) * share);
  };
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size === 0 && travelled <= STILL && event.type === 'pointerup')
      target().onPress(pointIn(element, event));
  };
  const leave = () => target().onHover(undefined);
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    target().onHover(undefined);
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.shiftKey) target().view.pan(-(event.deltaX + event.deltaY) * pixels, 0);
    else
      target().view.zoom(
        Math.exp(-event.deltaY * pixels * WHEEL_STEP * (event.ctrlKey ? 4 : 1)),
        pointIn(element, event),
      );
  };
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('pointerleave', leave, { signal });
  // React's own would be passive, and the page could scroll.
  element.addEventListener('wheel', wheel, { signal, passive: false });
  return () => stop.abort();
};
