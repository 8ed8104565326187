import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './MainWindow.module.css';
import { setListWidth, useLayout } from './state/layout';

const STEP = 16;

const drag = (event: PointerEvent<HTMLButtonElement>): void => {
  const handle = event.currentTarget;
  const start = { x: event.clientX, width: useLayout.getState().listWidth };
  handle.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent) => setListWidth(start.width + moved.clientX - start.x);
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), { once: true });
};

const keyDown = (event: KeyboardEvent): void => {
  const { listWidth } = useLayout.getState();
  if (event.key === 'ArrowLeft') setListWidth(listWidth - STEP);
  if (event.key === 'ArrowRight') setListWidth(listWidth + STEP);
};

/** The line between list and reader: dragged with the pointer, moved with the arrow keys. */
export const Splitter = () => (
  <button
    type="button"
    aria-label="Width of the list: left and right arrow keys"
    className={styles.splitter}
    onPointerDown={drag}
    onKeyDown={keyDown}
  />
);
