import { create } from 'zustand';

type Layout = { readonly listWidth: number; readonly shortcutsShown: boolean; readonly detailsOf: string | undefined };

const NARROWEST = 280;
const WIDEST = 560;

/** How the window is divided, and which sheet lies over it. */
export const useLayout = create<Layout>()(() => ({ listWidth: 360, shortcutsShown: false, detailsOf: undefined }));

/** Sets the width of the list in CSS pixels, within sensible bounds. */
export const setListWidth = (width: number): void =>
  useLayout.setState({ listWidth: Math.min(WIDEST, Math.max(NARROWEST, Math.round(width))) });

/** Shows or hides the sheet of keyboard shortcuts. */
export const showShortcuts = (shortcutsShown: boolean): void => useLayout.setState({ shortcutsShown });
