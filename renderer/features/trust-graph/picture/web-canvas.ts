import type { DrawPlace, Drawn } from './draw-place';
import { drawWeb } from './draw-web';
import type { Scene } from './scene';
import type { Size, View } from './view';
import type { Web } from '../web/web';

/**
 * The picture on the screen. It is drawn once into a bitmap that reaches beyond the window; moving it only moves that.
 */
export type WebCanvas = {
  show(scene: Scene): void;
  look(view: View): void;
  resize(size: Size): void;
  /** Names are measured and drawn anew, for when their font has come. */
  redraw(): void;
  stop(): void;
};

/** How far the bitmap reaches beyond each edge of the window, as a share of the window. */
const MARGIN = 0.5;
/** Milliseconds without zooming until the enlarged bitmap is replaced by a sharp one. */
const SETTLE = 140;

type Bitmap = {
  readonly canvas: OffscreenCanvas;
  readonly scene: Scene;
  readonly view: View;
  readonly size: Size;
  readonly isWhole: boolean;
};

/** Draws onto a canvas whenever what it shows has changed, once a frame at most. */
export const createWebCanvas = (canvas: HTMLCanvasElement): WebCanvas => {
  const context = canvas.getContext('2d', { alpha: false });
  const drawn: Drawn = { outlines: new Map(), widths: new Map() };
  let scene: Scene | undefined;
  let view: View | undefined;
  let size: Size = { width: 0, height: 0 };
  let bitmap: Bitmap | undefined;
  let frame = 0;
  let settle = 0;
  let announced: Web | undefined;

  const draw = () => {
    frame = 0;
    if (!context || !scene || !view || size.width === 0) return;
    if (!bitmap || !isUsable(bitmap, { scene, view, size }, settle !== 0)) bitmap = paint(scene, { view, size, drawn });
    put(context, bitmap, { view, size });
    if (announced === scene.web) return;
    announced = scene.web;
    performance.mark('trust-graph:drawn');
    canvas.dataset['drawn'] = String(scene.shown.size);
  };
  const ask = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const sharpen = () => {
    settle = 0;
    ask();
  };
  return {
    show: (next) => {
      scene = next;
      canvas.dataset['drawn'] = String(next.shown.size);
      ask();
    },
    look: (next) => {
      if (view !== undefined && view.scale !== next.scale) {
        clearTimeout(settle);
        settle = window.setTimeout(sharpen, SETTLE);
      }
      view = next;
      ask();
    },
    resize: (next) => {
      size = next;
      canvas.width = Math.round(next.width * devicePixelRatio);
      canvas.height = Math.round(next.height * devicePixelRatio);
      // A canvas that got another size is empty: it would flicker until the next frame.
      draw();
    },
    redraw: () => {
      drawn.widths.clear();
      bitmap = undefined;
      ask();
    },
    stop: () => {
      cancelAnimationFrame(frame);
      clearTimeout(settle);
    },
  };
};

type Wanted = Pick<DrawPlace, 'view' | 'size'> & { readonly scene: Scene };

const isUsable = (bitmap: Bitmap, { scene, view, size }: Wanted, isZooming: boolean): boolean => {
  if (bitmap.scene !== scene || bitmap.size.width !== size.width || bitmap.size.height !== size.height) return false;
  if (bitmap.view.scale !== view.scale) return isZooming;
  const reaches =
    Math.abs(bitmap.view.x - view.x) <= size.width * MARGIN && Math.abs(bitmap.view.y - view.y) <= size.height * MARGIN;
  return bitmap.isWhole || reaches;
};

const paint = (scene: Scene, { view, size, drawn }: DrawPlace): Bitmap => {
  const start = performance.now();
  const whole = { width: Math.ceil(size.width * (1 + 2 * MARGIN)), height: Math.ceil(size.height * (1 + 2 * MARGIN)) };
  const canvas = new OffscreenCanvas(
    Math.round(whole.width * devicePixelRatio),
    Math.round(whole.height * devicePixelRatio),
  );
  const context = canvas.getContext('2d', { alpha: false });
  const inside = { ...view, x: view.x + size.width * MARGIN, y: view.y + size.height * MARGIN };
  if (context) {
    context.scale(devicePixelRatio, devicePixelRatio);
    drawWeb(context, scene, { view: inside, size: whole, drawn });
  }
  performance.measure('trust-graph:paint', { start, end: performance.now() });
  return { canvas, scene, view, size, isWhole: holdsAll(scene, inside, whole) };
};

/** Whether nothing lies beyond the bitmap's edges: then there is only paper there. */
const holdsAll = ({ layout }: Scene, { x, y, scale }: View, { width, height }: Size): boolean => {
  const reach = layout.radius * scale + 80;
  return x - reach >= 0 && y - reach >= 0 && x + reach <= width && y + reach <= height;
};

const put = (
  context: CanvasRenderingContext2D,
  bitmap: Bitmap,
  { view, size }: Pick<DrawPlace, 'view' | 'size'>,
): void => {
  const ratio = view.scale / bitmap.view.scale;
  const left = view.x - (bitmap.view.x + size.width * MARGIN) * ratio;
  const top = view.y - (bitmap.view.y + size.height * MARGIN) * ratio;
  const [width, height] = [bitmap.canvas.width * ratio, bitmap.canvas.height * ratio];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = bitmap.scene.palette.surface;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  // On whole pixels nothing has to be blurred.
  context.drawImage(
    bitmap.canvas,
    Math.round(left * devicePixelRatio),
    Math.round(top * devicePixelRatio),
    width,
    height,
  );
};
