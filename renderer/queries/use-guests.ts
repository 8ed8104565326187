import { useEffect, useState } from 'react';
import type { Guest } from '../../shared/guests/guest';
import { setGuests, usePrograms } from '../state/programs';
import { useServices } from '../state/services';
import { errorWords } from '../words/error-words';

/** The people whom the person hosts, as they are now: undefined until they are read; or why they cannot be. */
export const useGuests = (): {
  readonly guests: readonly Guest[] | undefined;
  readonly failure: string | undefined;
} => {
  const { core } = useServices();
  const guests = usePrograms((state) => state.guests);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    core.call('guests.view', {}).then(setGuests, (cause: unknown) => setFailure(errorWords(cause)));
  }, [core]);
  return { guests, failure };
};
