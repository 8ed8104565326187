import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import type { Layout, Point } from '../web/layout-web';
import type { Scene } from './scene';
import { fitView, kept, panBy, revealed, zoomAt } from './view';
import type { Covered, Size, View } from './view';
import { createWebCanvas } from './web-canvas';
import type { WebCanvas } from './web-canvas';

/** How a picture is looked at, changed without drawing the page again. */
export type WebView = {
  readonly now: () => View;
  readonly fit: () => void;
  readonly pan: (dx: number, dy: number) => void;
  /** Around a point of the screen, or the middle of the picture. */
  readonly zoom: (factor: number, around?: Point) => void;
  /**
   * Moves no more than needed to see these points of the world, or at least the first; and again when the window
   * changes its size.
   */
  readonly reveal: (points: readonly Point[]) => void;
};

type Looking = {
  view: View;
  size: Size;
  layout: Layout;
  covered: Covered;
  isFitted: boolean;
  revealed: readonly Point[];
  canvas: WebCanvas | undefined;
};

/** The picture may not become smaller than this share of what fits. */
const SMALLEST = 0.6;

const zoomed = ({ view, size, layout, covered }: Looking, factor: number, around?: Point): View => {
  const middle = { x: (size.width - covered.right) / 2, y: size.height / 2 };
  return zoomAt(view, around ?? middle, { factor, min: fitView(layout.radius, size).scale * SMALLEST });
};

const revealedView = ({ view, size, covered, revealed: [first, ...rest] }: Looking): View =>
  first === undefined || size.width === 0 ? view : revealed(view, [first, ...rest], { ...size, ...covered });

/** Keeps a scene drawn on a canvas in a holder of any size, and lets one look at it from elsewhere. */
export const useWebView = (o: {
  readonly holder: RefObject<HTMLElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly scene: Scene;
  readonly covered: number;
}): WebView => {
  const { holder, canvas, scene, covered } = o;
  const looking = useRef<Looking>({
    view: { x: 0, y: 0, scale: 1 },
    size: { width: 0, height: 0 },
    layout: scene.layout,
    covered: { right: 0 },
    isFitted: true,
    revealed: [],
    canvas: undefined,
  });
  const look = useCallback((view: View, isFitted = false) => {
    const state = looking.current;
    state.view = isFitted ? view : kept(view, state.layout.radius, state.size);
    state.isFitted = isFitted;
    state.canvas?.look(state.view);
  }, []);
  const fit = useCallback(
    () => look(fitView(looking.current.layout.radius, looking.current.size, looking.current.covered), true),
    [look],
  );
  const reveal = useCallback(
    (points: readonly Point[]) => {
      const state = looking.current;
      state.revealed = points;
      const next = revealedView(state);
      if (next.x !== state.view.x || next.y !== state.view.y) look(next);
    },
    [look],
  );
  useEffect(() => {
    if (!canvas.current || !holder.current) return undefined;
    const drawing = createWebCanvas(canvas.current);
    const state = looking.current;
    state.canvas = drawing;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { size: before } = state;
      state.size = { width: entry.contentRect.width, height: entry.contentRect.height };
      if (state.isFitted) fit();
      else look(panBy(state.view, (state.size.width - before.width) / 2, (state.size.height - before.height) / 2));
      reveal(state.revealed);
      drawing.resize(state.size);
    });
    observer.observe(holder.current);
    void document.fonts.ready.then(() => drawing.redraw());
    return () => {
      observer.disconnect();
      drawing.stop();
    };
  }, [canvas, holder, fit, look, reveal]);
  useEffect(() => {
    const state = looking.current;
    state.layout = scene.layout;
    state.canvas?.show(scene);
    if (state.isFitted) fit();
  }, [scene, fit]);
  useEffect(() => {
    looking.current.covered = { right: covered };
  }, [covered]);
  return useMemo(
    () => ({
      now: () => looking.current.view,
      fit,
      pan: (dx, dy) => look(panBy(looking.current.view, dx, dy)),
      zoom: (factor, around) => look(zoomed(looking.current, factor, around)),
      reveal,
    }),
    [fit, look, reveal],
  );
};
