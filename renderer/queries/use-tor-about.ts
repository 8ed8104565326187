import { useEffect, useState } from 'react';
import type { TorAbout } from '../../shared/tor-about';
import { useServices } from '../state/services';
import { useTorStatus } from '../state/tor-status';

/** Which tor runs; undefined until one does. */
export const useTorAbout = (): TorAbout | undefined => {
  const { core } = useServices();
  const [about, setAbout] = useState<TorAbout>();
  // A tor that was started anew may be another one.
  const phase = useTorStatus(({ status }) => status?.phase);
  useEffect(() => {
    let wanted = true;
    core.call('tor.about', {}).then(
      ({ tor }) => wanted && tor !== undefined && setAbout(tor),
      () => undefined,
    );
    return () => void (wanted = false);
  }, [core, phase]);
  return about;
};
