import type { Reachability } from '../../shared/identity';

/** Whether others can reach an identity now, in words. */
export const reachabilityText: Readonly<Record<Reachability, string>> = {
  online: 'Reachable',
  publishing: 'Becoming reachable…',
  offline: 'Waiting for Tor',
  paused: 'Paused',
};
