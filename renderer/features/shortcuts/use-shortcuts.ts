import { useEffect } from 'react';
import { useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import type { Services } from '../../state/services';
import { keyName } from './key-name';
import { afterG, everywhere, inMail, onPages } from './shortcut-table';
import type { ShortcutTable } from './shortcut-table';

/** Milliseconds within which the second key must follow G. */
const SEQUENCE_PATIENCE = 1_500;

const TYPING = 'input, textarea, select, [contenteditable], [role="combobox"]';
/** Dialogs and menus have keys of their own. */
const APART = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [data-pane="composer"]';

const tablesFor = (
  target: EventTarget | null,
  all: { readonly always: ShortcutTable; readonly mail: ShortcutTable },
): readonly ShortcutTable[] => {
  if (
    document.querySelector(
      '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"][data-state="open"]',
    )
  )
    return [];
  if (!(target instanceof Element)) return [all.always];
  if (target.closest(TYPING)) return [all.always];
  if (target.closest(APART)) return [all.always];
  return useSelection.getState().view === 'mail' ? [all.always, onPages, all.mail] : [all.always, onPages];
};

const listen = (services: Services): (() => void) => {
  const all = { always: everywhere(services), mail: inMail(services) };
  let goUntil = 0;
  const keyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const tables = tablesFor(event.target, all);
    const name = keyName(event);
    const going = event.timeStamp < goUntil && tables.length > 1;
    goUntil = 0;
    if (name === 'g' && tables.length > 1 && !going) {
      goUntil = event.timeStamp + SEQUENCE_PATIENCE;
      return;
    }
    const act = going ? afterG[name] : tables.map((table) => table[name]).find((found) => found !== undefined);
    if (!act) return;
    event.preventDefault();
    act();
  };
  window.addEventListener('keydown', keyDown);
  return () => window.removeEventListener('keydown', keyDown);
};

/** Makes the keys of the shortcut sheet work, except where a text is typed or a dialog or menu is open. */
export const useShortcuts = (): void => {
  const services = useServices();
  useEffect(() => listen(services), [services]);
};
