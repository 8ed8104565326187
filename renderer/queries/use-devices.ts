import { useEffect, useState } from 'react';
import type { Device } from '../../shared/programs/device';
import { setDevices, usePrograms } from '../state/programs';
import { useServices } from '../state/services';
import { errorWords } from '../words/error-words';

/** The person's devices, as they are now: undefined until they are read; or why they cannot be. */
export const useDevices = (): {
  readonly devices: readonly Device[] | undefined;
  readonly failure: string | undefined;
} => {
  const { core } = useServices();
  const devices = usePrograms((state) => state.devices);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    core.call('devices.view', {}).then(setDevices, (cause: unknown) => setFailure(errorWords(cause)));
  }, [core]);
  return { devices, failure };
};
