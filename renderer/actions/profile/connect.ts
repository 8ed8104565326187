import type { Services } from '../../state/services';
import { useConnection } from '../../state/connection';
import { setProfile } from '../../state/profile';
import { useTorStatus } from '../../state/tor-status';
import { tryOrTell } from '../window/try-or-tell';
import { followCore } from './follow-core';
import { closeProfile, openProfile } from './open-profile';

const begin = async (services: Services): Promise<void> => {
  const { number } = useConnection.getState();
  const profile = await services.core.call('profile.state', {});
  if (profile.state === 'unlocked') await openProfile(services);
  // The next core has been asked by then.
  if (number !== useConnection.getState().number) return;
  setProfile(profile);
  // A core that died and was started again is locked, and no event told of it.
  if (profile.state !== 'unlocked') await closeProfile(services);
  useTorStatus.setState({ status: await services.core.call('tor.status', {}) });
};

/**
 * Ties the window to the core: asks where things stand at each new connection, and follows events.
 * @returns how to let go
 */
export const connect = (services: Services): (() => void) => {
  const stopFollowing = followCore(services);
  const stopWatching = services.core.watchConnection((connected) => {
    useConnection.setState(({ everConnected, number }) => ({
      connected,
      everConnected: everConnected || connected,
      number: number + Number(connected),
    }));
    if (connected) void tryOrTell(() => begin(services));
  });
  return () => {
    stopFollowing();
    stopWatching();
  };
};
