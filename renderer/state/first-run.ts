import { create } from 'zustand';

/** True from the moment a profile is being made until the person has seen their first address. */
export const useFirstRun = create<{ readonly active: boolean }>()(() => ({ active: false }));

/** Keeps the first-run pages on screen although the profile is open by now, or lets the mail window appear. */
export const setFirstRun = (active: boolean): void => useFirstRun.setState({ active });
