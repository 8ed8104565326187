import type { Point } from '../web/layout-web';
import { fitView, kept, panBy, revealed, zoomAt } from './view';
import type { Covered, Size, View } from './view';

/** The picture may not become smaller than this share of what fits. */
const SMALLEST = 0.6;

/**
 * How a picture is looked at. A view that fits goes on fitting when the window or the picture changes; one that a
 * person chose keeps its middle, and keeps in sight what was revealed last.
 */
export class WebLook {
  #watcher: (view: View) => void = () => undefined;
  #view: View = { x: 0, y: 0, scale: 1 };
  #size: Size = { width: 0, height: 0 };
  #radius: number;
  #covered: Covered = { right: 0 };
  #isFitted = true;
  #revealed: readonly Point[] = [];

  /** @param radius of the world, around its middle */
  constructor(radius: number) {
    this.#radius = radius;
  }

  /** Calls back with every new view from now on, in the place of who was told before; returns how to stop. */
  watch(watcher: (view: View) => void): () => void {
    this.#watcher = watcher;
    return () => void (this.#watcher = () => undefined);
  }

  get view(): View {
    return this.#view;
  }

  /** The size of the picture on the screen, in CSS pixels. */
  get size(): Size {
    return this.#size;
  }

  /** Shows everything, and goes on doing so. */
  fit(): void {
    this.#look(fitView(this.#radius, this.#size, this.#covered), true);
  }

  /** Moves the world on the screen, by CSS pixels. */
  pan(dx: number, dy: number): void {
    this.#look(panBy(this.#view, dx, dy));
  }

  /** Makes the world larger or smaller around a point of the screen, or the middle of what is free of it. */
  zoom(factor: number, around?: Point): void {
    const middle = { x: (this.#size.width - this.#covered.right) / 2, y: this.#size.height / 2 };
    const min = fitView(this.#radius, this.#size).scale * SMALLEST;
    this.#look(zoomAt(this.#view, around ?? middle, { factor, min }));
  }

  /** Moves no more than needed to see these points of the world, or at least the first; and again after `resize`. */
  reveal(points: readonly Point[]): void {
    this.#revealed = points;
    const [first, ...rest] = points;
    if (first === undefined || this.#size.width === 0) return;
    const next = revealed(this.#view, [first, ...rest], { ...this.#size, ...this.#covered });
    if (next.x !== this.#view.x || next.y !== this.#view.y) this.#look(next);
  }

  /** Something lies over the right edge of the picture from now on, so many pixels wide. */
  cover(right: number): void {
    this.#covered = { right };
  }

  /** Another picture, of another size. */
  show(radius: number): void {
    this.#radius = radius;
    if (this.#isFitted) this.fit();
  }

  resize(size: Size): void {
    const before = this.#size;
    this.#size = size;
    if (this.#isFitted) this.fit();
    else this.pan((size.width - before.width) / 2, (size.height - before.height) / 2);
    this.reveal(this.#revealed);
  }

  #look(view: View, isFitted = false): void {
    this.#view = isFitted ? view : kept(view, this.#radius, this.#size);
    this.#isFitted = isFitted;
    this.#watcher(this.#view);
  }
}
