import { create } from 'zustand';
import type { ShellWish } from '../../../shared/contract/shell-contract';

/** What the desktop wants to have asked. */
export type DesktopQuestion = Extract<ShellWish, { readonly kind: 'tell-closing' | 'ask-quit' }>;

/** The question that is asked now, if any: what closing the window means, or whether to quit. */
export const useDesktopQuestion = create<{ readonly question: DesktopQuestion | undefined }>()(() => ({
  question: undefined,
}));
