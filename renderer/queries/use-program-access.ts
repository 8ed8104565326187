import { useEffect, useState } from 'react';
import type { ProgramAccess } from '../../shared/programs/mail-program';
import { setPrograms, usePrograms } from '../state/programs';
import { useServices } from '../state/services';
import { errorWords } from '../words/error-words';

/** Other mail programs, as they are now: undefined until they are read; or why they cannot be. */
export const useProgramAccess = (): {
  readonly access: ProgramAccess | undefined;
  readonly failure: string | undefined;
} => {
  const { core } = useServices();
  const access = usePrograms((state) => state.access);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    core.call('programs.view', {}).then(setPrograms, (cause: unknown) => setFailure(errorWords(cause)));
  }, [core]);
  return { access, failure };
};
