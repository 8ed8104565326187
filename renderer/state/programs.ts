import { create } from 'zustand';
import type { ProgramAccess } from '../../shared/programs/mail-program';

/** Other mail programs and their way in; undefined until they are read. */
export const usePrograms = create<{ readonly access: ProgramAccess | undefined }>()(() => ({ access: undefined }));

/** Takes over how it stands now. */
export const setPrograms = (access: ProgramAccess): void => usePrograms.setState({ access });

/** Forgets them: the profile was locked. */
export const forgetPrograms = (): void => usePrograms.setState({ access: undefined });
