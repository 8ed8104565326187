import { create } from 'zustand';
import { defaultSettings } from '../../shared/settings';
import type { Settings } from '../../shared/settings';

/** The profile's settings; the defaults until it is unlocked. */
export const useSettings = create<{ readonly settings: Settings }>()(() => ({ settings: defaultSettings }));
