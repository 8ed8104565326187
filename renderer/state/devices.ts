import { create } from 'zustand';
import type { Device } from '../../shared/programs/device';

/** The person's devices; undefined until they are read. */
export const useDeviceStore = create<{ readonly devices: readonly Device[] | undefined }>()(() => ({
  devices: undefined,
}));

/** Takes over how they stand now. */
export const setDevices = (devices: readonly Device[]): void => useDeviceStore.setState({ devices });

/** Forgets them: the profile was locked. */
export const forgetDevices = (): void => useDeviceStore.setState({ devices: undefined });
