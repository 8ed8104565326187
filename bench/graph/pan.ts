import type { Page } from 'playwright';

/** What was seen while a picture was moved on every frame. */
export type Panned = { readonly framesPerSecond: number; readonly longestMs: number };

/** Milliseconds of one measured drag. */
export const PAN_MS = 2_000;

/**
 * Moves a picture in circles of 120 pixels, once each frame: ours by pointer events on the element with this test id,
 * as a drag gives them; a plain SVG by the transform of its outermost group.
 */
export function pan(page: Page, target: { readonly testId: string } | { readonly group: string }): Promise<Panned> {
  return page.evaluate(panInPage, { target, duration: PAN_MS });
}

type InPage = { readonly target: { readonly testId: string } | { readonly group: string }; readonly duration: number };

function panInPage({ target, duration }: InPage): Promise<Panned> {
  const element = document.querySelector('testId' in target ? `[data-testid="${target.testId}"]` : target.group);
  if (element === null) throw new Error('There is nothing to be moved');
  const { left, top } = element.getBoundingClientRect();
  const move = (turn: number): void => {
    const [x, y] = [120 * Math.cos(turn), 120 * Math.sin(turn)];
    if ('group' in target) element.setAttribute('transform', `translate(${x} ${y})`);
    else
      element.dispatchEvent(
        new PointerEvent('pointermove', {
          pointerId: 1,
          pointerType: 'mouse',
          bubbles: true,
          clientX: left + 400 + x,
          clientY: top + 300 + y,
        }),
      );
  };
  return new Promise((done) => {
    const frames: number[] = [];
    const step = (now: number): void => {
      frames.push(now);
      const start = frames[0] ?? now;
      if (now - start < duration) {
        move((now - start) / 300);
        requestAnimationFrame(step);
        return;
      }
      const longestMs = Math.max(...frames.slice(1).map((frame, index) => frame - (frames[index] ?? frame)));
      done({ framesPerSecond: ((frames.length - 1) * 1_000) / (now - start), longestMs });
    };
    requestAnimationFrame(step);
  });
}
