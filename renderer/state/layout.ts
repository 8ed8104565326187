import { create } from 'zustand';

type Layout = { readonly listWidth: number; readonly shortcutsShown: boolean; readonly detailsOf: string | undefined };

const narrowest = 280;
const widest = 560;

/** How the window is divided, and which sheet lies over it. */
export const useLayout = create<Layout>()(() => ({ listWidth: 360, shortcutsShown: false, detailsOf: undefined }));

/** Sets the width of the list in CSS pixels, within sensible bounds. */
export const setListWidth = (width: number): void =>
  useLayout.setState({ listWidth: Math.min(widest, Math.max(narrowest, Math.round(width))) });

/** Shows or hides the sheet of keyboard shortcuts. */
export const showShortcuts = (shortcutsShown: boolean): void => useLayout.setState({ shortcutsShown });
