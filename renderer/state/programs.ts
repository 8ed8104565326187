import { create } from 'zustand';
import type { Device } from '../../shared/programs/device';
import type { ProgramAccess } from '../../shared/programs/mail-program';

type Programs = { readonly access: ProgramAccess | undefined; readonly devices: readonly Device[] | undefined };

/** Other mail programs and their way in, and the person's devices; undefined until they are read. */
export const usePrograms = create<Programs>()(() => ({ access: undefined, devices: undefined }));

/** Takes over how other programs stand now. */
export const setPrograms = (access: ProgramAccess): void => usePrograms.setState({ access });

/** Takes over how the devices stand now. */
export const setDevices = (devices: readonly Device[]): void => usePrograms.setState({ devices });

/** Forgets them: the profile was locked. */
export const forgetPrograms = (): void => usePrograms.setState({ access: undefined, devices: undefined });
