import { create } from 'zustand';

/** Mail that arrived since the person last looked at the window. */
export const useUnannounced = create<{ readonly count: number }>()(() => ({ count: 0 }));
