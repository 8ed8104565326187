import { create } from 'zustand';

/** Docked at the lower right, large over the window, or folded to its title. */
export type ComposeShape = 'docked' | 'large' | 'folded';

/** How each open composer stands; `docked` when it is not named. Shared because folded ones make the others move up. */
export const useComposeShapes = create<{ readonly byId: Readonly<Partial<Record<string, ComposeShape>>> }>()(() => ({
  byId: {},
}));

/** Changes how a composer stands. */
export const setComposeShape = (composeId: string, shape: ComposeShape): void =>
  useComposeShapes.setState(({ byId }) => ({ byId: { ...byId, [composeId]: shape } }));
