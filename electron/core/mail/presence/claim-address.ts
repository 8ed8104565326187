import { DIAL_TIMEOUT_MS } from '../../domain/limits';
import { jittered } from '../../domain/published-time';
import type { DialFailure } from '../../ports/onion';
import type { Unsubscribe } from '../../ports/runtime';
import { SMTP_PORT } from './onion-ports';
import { ownOnion } from './own-onion';
import type { Mailbox, Services } from '../mailbox';
import { HOUR_MS } from '../../domain/time';

type LookServices = Pick<Services, 'clock' | 'random' | 'onion' | 'onionKeys'>;

/** Milliseconds until the next look after one that Tor could not finish. */
const UNSURE_MS = 60_000;

/** `elsewhere`: a service answers at this identity's own onion, which is not published here. */
type Finding = 'elsewhere' | 'none' | 'unsure';

/** Tor knows that no service is there: no descriptor, or one whose introduction points are gone. */
const NO_SERVICE: readonly DialFailure[] = ['offline', 'gone'];
/** The onion itself answered, even when no service behind it did. */
const ANSWERED: readonly DialFailure[] = ['no-service', 'needs-auth'];

/**
 * Looks for the original of a restored identity until none answers; the restored copy stays off the network meanwhile.
 */
export type Lookout = {
  state(): 'looking' | 'elsewhere';
  /** Looks now; resolves when that look is over. */
  look(): Promise<void>;
  stop(): void;
};

/**
 * Two machines that publish one onion would receive each other's mail at random. So a restored identity waits: as long
 * as the original answers, the original receives and nothing is lost. Looks at once, when Tor comes up, and every hour.
 * @param o.free called once, when no other machine answers any more
 * @param o.changed called when the state has changed
 */
export function createLookout(services: LookServices, o: Mailbox & { free: () => void; changed: () => void }): Lookout {
  let state: 'looking' | 'elsewhere' = 'looking';
  let isStopped = false;
  let cancelTimer: Unsubscribe = () => undefined;
  let looking: Promise<void> | undefined;
  const lookAgainIn = (milliseconds: number): void => {
    cancelTimer();
    const wait = jittered({ milliseconds, fraction: services.random.fraction() });
    cancelTimer = services.clock.setTimer(wait, () => void look());
  };
  const settle = (finding: Finding): void => {
    if (isStopped) return;
    if (finding === 'none') {
      stop();
      return o.free();
    }
    const before = state;
    if (finding === 'elsewhere') state = 'elsewhere';
    lookAgainIn(finding === 'elsewhere' ? HOUR_MS : UNSURE_MS);
    if (state !== before) o.changed();
  };
  const look = (): Promise<void> => {
    if (isStopped || services.onion.status().phase !== 'online') return Promise.resolve();
    looking ??= findOther(services, o)
      .then(settle)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  const stopStatus = followTor(services, () => void look());
  const stop = (): void => {
    isStopped = true;
    cancelTimer();
    stopStatus();
  };
  void look();
  return { state: () => state, look, stop };
}

/** Tor reports many times that it is online; only the change counts. */
function followTor({ onion }: LookServices, cameUp: () => void): Unsubscribe {
  let wasOnline = onion.status().phase === 'online';
  return onion.onStatus(({ phase }) => {
    const isOnline = phase === 'online';
    if (isOnline && !wasOnline) cameUp();
    wasOnline = isOnline;
  });
}

/** Dials the identity's own onion over a circuit of its own, as a stranger would. */
async function findOther(services: LookServices, mailbox: Pick<Mailbox, 'access' | 'identity'>): Promise<Finding> {
  const { onion, random } = services;
  const host = ownOnion(services, mailbox);
  if (host === undefined) return 'none';
  const isolation = { user: random.uuid(), password: random.uuid() };
  const dialled = await onion
    .dial({ host, port: SMTP_PORT, isolation, timeoutMs: DIAL_TIMEOUT_MS })
    .catch(() => ({ outcome: 'failed', failure: 'temporary' }) as const);
  if (dialled.outcome === 'connected') {
    dialled.socket.on('error', () => undefined);
    dialled.socket.destroy();
    return 'elsewhere';
  }
  if (ANSWERED.includes(dialled.failure)) return 'elsewhere';
  return NO_SERVICE.includes(dialled.failure) ? 'none' : 'unsure';
}
