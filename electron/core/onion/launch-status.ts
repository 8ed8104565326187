import type { TorLaunch } from '../../../shared/launch';
import type { TorKit } from '../../../shared/tor-about';
import type { TorStatus } from '../../../shared/tor-status';
import type { SocksProxy } from '../ports/onion';

/** The settings say whether tor needs bridges, and they are locked with the profile. */
export const waitingForUnlock: TorStatus = {
  phase: 'starting',
  progress: 0,
  summary: 'Tor waits until the profile is unlocked',
};

/** The supervisor's description of the running tor. */
export function kitOf(launch: TorLaunch): TorKit | undefined {
  return launch.state === 'running' ? launch.kit : undefined;
}

/** What the person sees while there is no tor to talk to, or not yet. */
export function launchStatus(launch: TorLaunch): TorStatus {
  switch (launch.state) {
    case 'stopped':
      return { phase: 'off', progress: 0, summary: 'Tor is not running' };
    case 'starting':
    case 'running':
      return { phase: 'starting', progress: 0, summary: 'starting Tor' };
    case 'restarting':
      return {
        phase: 'restarting',
        progress: 0,
        summary: 'Tor ended and is being started again',
        retryAt: launch.retryAt,
      };
    case 'failed':
      return { phase: 'failed', progress: 0, summary: failure(launch.reason), warning: launch.reason };
  }
}

function failure(reason: 'binary-missing' | 'crashed'): string {
  return reason === 'binary-missing' ? 'Tor is not installed' : 'Tor ends as soon as it is started';
}

/** Reads the answer to GETINFO net/listeners/socks, for instance `net/listeners/socks="127.0.0.1:44507" "unix:/…"`. */
export function parseSocksListener(text: string): SocksProxy | undefined {
  const path = /"unix:(\/[^"\\]+)"/u.exec(text)?.[1];
  if (path !== undefined) return { path };
  const port = Number(/"127\.0\.0\.1:(\d{1,5})"/.exec(text)?.[1]);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? { host: '127.0.0.1', port } : undefined;
}
