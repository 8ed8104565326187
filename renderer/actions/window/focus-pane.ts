/** The panes of the window in their order; each element that is one carries `data-pane`. */
const PANES = ['rail', 'list', 'reader', 'page', 'composer'] as const;
export type Pane = (typeof PANES)[number];

const FOCUSABLE = 'button:not([tabindex="-1"]), [href], input, textarea, select, [tabindex]:not([tabindex="-1"])';

const paneElement = (pane: Pane): HTMLElement | null => document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);

/**
 * Where the keyboard arrives in a pane: its chosen place, the current item, the list, itself, or the first thing that
 * takes the focus.
 */
const entrance = (pane: HTMLElement): HTMLElement | null =>
  pane.querySelector<HTMLElement>('[data-pane-focus]') ??
  pane.querySelector<HTMLElement>('[aria-current]') ??
  pane.querySelector<HTMLElement>('[role="grid"]') ??
  (pane.hasAttribute('tabindex') ? pane : null) ??
  pane.querySelector<HTMLElement>(FOCUSABLE);

/** Moves the keyboard into a pane. */
export const focusPane = (pane: Pane): void => {
  // The pane may be about to be drawn by the change that led here.
  requestAnimationFrame(() => {
    const element = paneElement(pane);
    if (element) entrance(element)?.focus();
  });
};

/**
 * For what comes and goes while its pane stays: takes the keyboard over from the pane, which has held it in the
 * meantime. Answers what to call before it goes: then the pane has the keyboard again, and it is not lost.
 */
export const takeFocusOfPane = (element: HTMLElement | null): (() => void) => {
  const pane = element?.closest<HTMLElement>('[data-pane]');
  if (document.activeElement === pane) element?.focus();
  return () => {
    if (element?.contains(document.activeElement)) pane?.focus({ preventScroll: true });
  };
};

/** Moves the keyboard to the next (1) or the former (-1) pane that is there. */
export const cyclePanes = (step: 1 | -1): void => {
  const present = PANES.filter((pane) => paneElement(pane) !== null);
  const active = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
  const at = present.findIndex((pane) => pane === active);
  const next = present[(at + step + present.length) % present.length];
  if (next) focusPane(next);
};
