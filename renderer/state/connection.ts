import { create } from 'zustand';

/** Whether the core is there; `everConnected` tells a first start from a loss. */
export const useConnection = create<{ readonly connected: boolean; readonly everConnected: boolean }>()(() => ({
  connected: false,
  everConnected: false,
}));
