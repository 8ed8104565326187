import { drawLabels } from './draw-labels';
import { drawPeople } from './draw-people';
import { pathOf, radiusAt } from './draw-place';
import type { Context, DrawPlace } from './draw-place';
import type { Palette } from '../web/person-signs';
import { lineOf, shownVouchings, strengthOf } from './scene';
import type { Line, Scene, Strength } from './scene';
import { toScreen } from './view';
import type { View } from './view';

/** A path of more lines than this takes a software rasteriser longer than two of half the length. */
const LINES_AT_ONCE = 160;

/** Draws the whole picture as it looks from `view` onto a context of `size`, in CSS pixels. */
export const drawWeb = (context: Context, scene: Scene, place: DrawPlace): void => {
  context.fillStyle = scene.palette.surface;
  context.fillRect(0, 0, place.size.width, place.size.height);
  drawRings(context, scene, place);
  drawVouchings(context, scene, place);
  drawPeople(context, scene, place);
  drawLabels(context, scene, place);
};

const drawRings = (context: Context, { layout, palette }: Scene, { view }: DrawPlace): void => {
  context.strokeStyle = palette.ring;
  context.lineWidth = 1;
  for (const { radius, distance } of layout.rings) {
    context.setLineDash(distance === undefined ? [2, 5] : []);
    context.beginPath();
    context.arc(view.x, view.y, radius * view.scale, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
};

type Stroke = { readonly colour: string; readonly width: number; readonly alpha: number };

const strokeOf = (palette: Palette, strength: Strength, crowd: number): Stroke => {
  if (strength === 'branch')
    return { colour: palette.soft, width: crowd > 400 ? 0.8 : 1.3, alpha: crowd > 400 ? 0.34 : 0.5 };
  if (strength === 'counts') return { colour: palette.soft, width: 1, alpha: crowd > 400 ? 0.16 : 0.3 };
  return { colour: palette.faint, width: 1, alpha: Math.max(0.05, Math.min(0.2, 60 / Math.max(1, crowd))) };
};

const drawVouchings = (context: Context, scene: Scene, place: DrawPlace): void => {
  const { web, layout, lit, palette, shown } = scene;
  const groups: Record<Strength, Line[]> = { faint: [], counts: [], branch: [] };
  for (const vouching of shownVouchings(scene)) {
    if (lit?.vouchings.has(vouching)) continue;
    const strength = strengthOf(web, vouching);
    const line = lineOf(layout, vouching, strength);
    if (isNear(line, place)) groups[strength].push(line);
  }
  for (const strength of ['faint', 'counts', 'branch'] as const) {
    const { colour, width, alpha } = strokeOf(palette, strength, shown.size);
    context.globalAlpha = alpha * (lit === undefined ? 1 : 0.3);
    strokeLines(context, groups[strength], { colour, width, view: place.view });
  }
  context.globalAlpha = 1;
  if (lit !== undefined) drawLit(context, scene, place);
};

/** Whether a line may touch what is drawn. */
const isNear = ({ from, to }: Line, { view, size }: DrawPlace): boolean => {
  const [start, end] = [toScreen(view, from), toScreen(view, to)];
  const beside = Math.max(start.x, end.x) < -40 || Math.min(start.x, end.x) > size.width + 40;
  return !beside && Math.max(start.y, end.y) >= -40 && Math.min(start.y, end.y) <= size.height + 40;
};

type LineStyle = { readonly colour: string; readonly width: number; readonly view: View };

const strokeLines = (context: Context, lines: readonly Line[], { colour, width, view }: LineStyle): void => {
  context.strokeStyle = colour;
  context.lineWidth = width;
  for (let start = 0; start < lines.length; start += LINES_AT_ONCE) {
    context.beginPath();
    for (const line of lines.slice(start, start + LINES_AT_ONCE)) trace(context, line, view);
    context.stroke();
  }
};

const trace = (context: Context, { from, to, bend }: Line, view: View): void => {
  const [start, end] = [toScreen(view, from), toScreen(view, to)];
  context.moveTo(start.x, start.y);
  if (bend === undefined) {
    context.lineTo(end.x, end.y);
    return;
  }
  const [one, other] = [toScreen(view, bend[0]), toScreen(view, bend[1])];
  context.bezierCurveTo(one.x, one.y, other.x, other.y, end.x, end.y);
};

const drawLit = (context: Context, { web, layout, lit, palette }: Scene, { view, drawn }: DrawPlace): void => {
  const colour = lit?.believed === false ? palette.faint : palette.accent;
  context.setLineDash(lit?.believed === false ? [5, 4] : []);
  for (const vouching of lit?.vouchings ?? []) {
    const line = lineOf(layout, vouching, strengthOf(web, vouching));
    strokeLines(context, [line], { colour, width: 2.25, view });
    drawArrow(context, {
      line,
      colour,
      view,
      drawn,
      tipRadius: radiusAt(web.people[vouching.to]?.kind ?? 'unbelieved', view.scale),
    });
  }
  context.setLineDash([]);
};

type Arrow = Pick<DrawPlace, 'view' | 'drawn'> & {
  readonly line: Line;
  readonly colour: string;
  readonly tipRadius: number;
};

/** Points at the person who is vouched for. */
const drawArrow = (context: Context, { line, colour, view, drawn, tipRadius }: Arrow): void => {
  const end = toScreen(view, line.to);
  const before = toScreen(view, line.bend?.[1] ?? line.from);
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  context.save();
  context.setLineDash([]);
  context.translate(end.x - Math.cos(angle) * (tipRadius + 2), end.y - Math.sin(angle) * (tipRadius + 2));
  context.rotate(angle);
  context.fillStyle = colour;
  context.fill(pathOf(drawn, 'M0 0L-8 -4.2L-8 4.2Z'));
  context.restore();
};
