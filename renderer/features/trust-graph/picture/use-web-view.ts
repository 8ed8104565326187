import { useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Point } from '../web/layout-web';
import type { Scene } from './scene';
import type { View } from './view';
import { createWebCanvas } from './web-canvas';
import type { WebCanvas } from './web-canvas';
import { WebLook } from './web-look';

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

/** Keeps a scene drawn on a canvas in a holder of any size, and lets one look at it from elsewhere. */
export const useWebView = (o: {
  readonly holder: RefObject<HTMLElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly scene: Scene;
  readonly covered: number;
}): WebView => {
  const { holder, canvas, scene, covered } = o;
  const drawing = useRef<WebCanvas>(undefined);
  const [look] = useState(() => new WebLook(scene.layout.radius));
  useEffect(() => {
    if (!canvas.current || !holder.current) return undefined;
    const drawn = createWebCanvas(canvas.current);
    drawing.current = drawn;
    const stopWatching = look.watch((view) => drawn.look(view));
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      look.resize({ width: entry.contentRect.width, height: entry.contentRect.height });
      drawn.resize(look.size);
    });
    observer.observe(holder.current);
    void document.fonts.ready.then(() => drawn.redraw());
    return () => {
      observer.disconnect();
      stopWatching();
      drawn.stop();
    };
  }, [canvas, holder, look]);
  useEffect(() => {
    drawing.current?.show(scene);
    look.show(scene.layout.radius);
  }, [scene, look]);
  useEffect(() => look.cover(covered), [covered, look]);
  return useMemo(
    () => ({
      now: () => look.view,
      fit: () => look.fit(),
      pan: (dx, dy) => look.pan(dx, dy),
      zoom: (factor, around) => look.zoom(factor, around),
      reveal: (points) => look.reveal(points),
    }),
    [look],
  );
};
