import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './MainWindow.module.css';
import { setListWidth, useLayout } from './state/layout';

const step = 16;

const drag = (event: PointerEvent<HTMLDivElement>): void => {
  const handle = event.currentTarget;
  const start = { x: event.clientX, width: useLayout.getState().listWidth };
  handle.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent) => setListWidth(start.width + moved.clientX - start.x);
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), { once: true });
};

const keyDown = (event: KeyboardEvent): void => {
  const { listWidth } = useLayout.getState();
  if (event.key === 'ArrowLeft') setListWidth(listWidth - step);
  if (event.key === 'ArrowRight') setListWidth(listWidth + step);
};

/** The line between list and reader: dragged with the pointer, moved with the arrow keys. */
export const Splitter = () => {
  const width = useLayout((layout) => layout.listWidth);
  return (
    // A focusable separator is a widget (WAI-ARIA 1.2, 5.3.3), which the linter does not know.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-valuenow={width}
      aria-valuemin={280}
      aria-valuemax={560}
      tabIndex={0}
      className={styles.splitter}
      onPointerDown={drag}
      onKeyDown={keyDown}
    />
  );
};
