import { pathOf, radiusAt } from './draw-place';
import type { Context, DrawPlace } from './draw-place';
import { haloGap } from './labels';
import type { Point } from '../web/layout-web';
import { signs } from '../web/person-signs';
import type { Sign } from '../web/person-signs';
import type { Scene } from './scene';
import { toScreen } from './view';
import type { Size } from './view';

const DIMMED = 0.16;

/** Draws everybody's sign; what is not lit is dimmed. */
export const drawPeople = (context: Context, scene: Scene, place: DrawPlace): void => {
  const { web, layout, shown, lit } = scene;
  // The user is drawn last and lies over the lines that begin there.
  for (const person of [...web.people].reverse()) {
    if (!shown.has(person.at)) continue;
    const point = toScreen(place.view, layout.places[person.at] ?? { x: 0, y: 0 });
    if (!isInside(point, place.size)) continue;
    context.globalAlpha = lit === undefined || lit.people.has(person.at) ? 1 : DIMMED;
    drawSign(context, {
      sign: signs[person.kind],
      point,
      radius: radiusAt(person.kind, place.view.scale),
      scene,
      drawn: place.drawn,
      introduces: person.introduces,
      chosen: person.at === scene.chosen,
    });
  }
  context.globalAlpha = 1;
};

const isInside = ({ x, y }: Point, { width, height }: Size): boolean =>
  x > -30 && x < width + 30 && y > -30 && y < height + 30;

type SignPlace = Pick<DrawPlace, 'drawn'> & {
  readonly sign: Sign;
  readonly point: Point;
  readonly radius: number;
  readonly scene: Scene;
  readonly introduces: boolean;
  readonly chosen: boolean;
};

const drawSign = (
  context: Context,
  { sign, point, radius, scene: { palette }, introduces, chosen, drawn }: SignPlace,
): void => {
  const colour = palette[sign.colour];
  context.save();
  context.translate(point.x, point.y);
  const gap = haloGap(radius);
  if (introduces) strokeCircle(context, radius + gap, { colour, width: Math.min(1.25, 0.6 + radius * 0.08) });
  if (chosen) strokeCircle(context, radius + (introduces ? gap + 3.3 : 4.5), { colour: palette.focus, width: 2.5 });
  context.scale(radius, radius);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.lineWidth = Math.min(0.5, 1.6 / radius);
  context.strokeStyle = sign.filled ? palette.surface : colour;
  context.fillStyle = sign.filled ? colour : palette.surface;
  context.fill(pathOf(drawn, sign.outline));
  context.stroke(pathOf(drawn, sign.outline));
  if (sign.mark !== undefined && radius >= 5.5) {
    context.strokeStyle = palette.surface;
    context.lineWidth = Math.max(0.16, 1.7 / radius);
    context.stroke(pathOf(drawn, sign.mark));
  }
  context.restore();
};

const strokeCircle = (
  context: Context,
  radius: number,
  { colour, width }: { readonly colour: string; readonly width: number },
): void => {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.stroke();
};
