import { useState } from 'react';

/**
 * Gives the focus back to what had it when the dialog appeared. Radix returns it to the dialog's own trigger only, and
 * ours have none. To be called in a component that is there only while the dialog is.
 */
export const useFocusBack = (): ((event: Event) => void) => {
  // While rendering: before anything in the dialog takes the focus.
  const [before] = useState(() => document.activeElement);
  return (event) => {
    if (!(before instanceof HTMLElement) || !before.isConnected || before === document.body) return;
    event.preventDefault();
    before.focus();
  };
};
