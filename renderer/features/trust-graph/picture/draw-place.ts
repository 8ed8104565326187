import { screenRadius } from './labels';
import { signs } from '../web/person-signs';
import type { PersonKind } from '../web/web';
import type { Size, View } from './view';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** What is worth keeping between two drawings: outlines of signs, and widths of names in pixels. */
export type Drawn = { readonly outlines: Map<string, Path2D>; readonly widths: Map<string, number> };

/** Where on the world one looks, and how much of the screen there is, in CSS pixels. */
export type DrawPlace = { readonly view: View; readonly size: Size; readonly drawn: Drawn };

/** An SVG path as the canvas wants it. */
export const pathOf = ({ outlines }: Drawn, d: string): Path2D => {
  const known = outlines.get(d) ?? new Path2D(d);
  outlines.set(d, known);
  return known;
};

export const radiusAt = (kind: PersonKind, scale: number): number => screenRadius(signs[kind].radius, scale);
