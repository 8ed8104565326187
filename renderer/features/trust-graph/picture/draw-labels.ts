import type { Context, DrawPlace } from './draw-place';
import { chooseLabels } from './labels';
import type { Label } from './labels';
import type { Palette } from '../web/person-signs';
import type { Scene } from './scene';

const FONT = "'Inter Variable', 'Inter', system-ui, sans-serif";
const fontOf = (strong: boolean): string => `${strong ? '600' : '450'} 12px ${FONT}`;

/** Writes the names that have room. */
export const drawLabels = (context: Context, scene: Scene, { view, size, drawn: { widths } }: DrawPlace): void => {
  const widthOf = (text: string, strong: boolean): number => {
    const id = `${strong ? 's' : 'n'}${text}`;
    const known = widths.get(id);
    if (known !== undefined) return known;
    context.font = fontOf(strong);
    const { width } = context.measureText(text);
    widths.set(id, width);
    return width;
  };
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  for (const label of chooseLabels(scene, { view, size, widthOf })) drawLabel(context, label, scene.palette);
  context.globalAlpha = 1;
};

const drawLabel = (context: Context, { text, x, y, strong, dim }: Label, palette: Palette): void => {
  context.globalAlpha = dim ? 0.3 : 1;
  context.font = fontOf(strong);
  context.lineWidth = 3.5;
  context.strokeStyle = palette.surface;
  context.strokeText(text, x, y);
  context.fillStyle = strong ? palette.text : palette.soft;
  context.fillText(text, x, y);
};
