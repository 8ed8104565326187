import { useUnannounced } from '../../state/unannounced';

/**
 * Forgets what is unannounced when the person looks.
 * @returns how to stop
 */
export const forgetAnnounced = (): (() => void) => {
  const look = () => useUnannounced.setState({ count: 0, late: 0 });
  window.addEventListener('focus', look);
  return () => window.removeEventListener('focus', look);
};
