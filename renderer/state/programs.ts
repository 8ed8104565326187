import { create } from 'zustand';
import type { Guest } from '../../shared/guests/guest';
import type { Device } from '../../shared/programs/device';
import type { ProgramAccess } from '../../shared/programs/mail-program';

type Programs = {
  readonly access: ProgramAccess | undefined;
  readonly devices: readonly Device[] | undefined;
  readonly guests: readonly Guest[] | undefined;
};

const unread: Programs = { access: undefined, devices: undefined, guests: undefined };

/** Other mail programs and their way in, the person's devices, and their guests; undefined until they are read. */
export const usePrograms = create<Programs>()(() => unread);

/** Takes over how other programs stand now. */
export const setPrograms = (access: ProgramAccess): void => usePrograms.setState({ access });

/** Takes over how the devices stand now. */
export const setDevices = (devices: readonly Device[]): void => usePrograms.setState({ devices });

/** Takes over how the guests stand now. */
export const setGuests = (guests: readonly Guest[]): void => usePrograms.setState({ guests });

/** Forgets them: the profile was locked. */
export const forgetPrograms = (): void => usePrograms.setState(unread);
