import type { Reachability } from '../../../shared/identity';
import type { LoopbackServer, PublishedOnion, Unsubscribe, Vault } from '../ports';
import type { Mailbox, Services } from './services';
import { createLookout, type Lookout } from './take-over';

/** Ports that peers see on the onion (PROTOCOL.md 4 and 6). */
const SMTP_PORT = 25;
const HKP_PORT = 80;

/** Whether and how an identity can be reached. */
export type Presence = {
  reachability(): Reachability;
  setPaused(paused: boolean): Promise<void>;
  /** Looks for another copy of a restored identity now, or goes into service regardless. */
  takeOver(o: { evenIfElsewhere: boolean }): Promise<void>;
};

type Parts = {
  readonly vault: Vault;
  readonly identity: Mailbox['identity'];
  readonly servers: { readonly smtp: LoopbackServer; readonly hkp: LoopbackServer };
  /** Called after every change of reachability. */
  readonly announce: (reachability: Reachability) => void;
};

/** Publishes the onion, unless the person paused it, or the copy it was restored from may still be online. */
export function createPresence(services: Services, o: Parts): Presence {
  let published: PublishedOnion | undefined;
  let stopListening: Unsubscribe = () => undefined;
  let lookout: Lookout | undefined;
  const reachability = (): Reachability => published?.state() ?? (lookout ? whileLooking(services, lookout) : 'paused');
  const announce = (): void => { o.announce(reachability()); };
  const goOnline = (): void => {
    published = publish(services, o);
    stopListening = published.onState(announce);
  };
  const beTheOnlyOne = (): void => {
    lookout?.stop();
    lookout = undefined;
    o.vault.updateIdentity(o.identity().id, { mayBeElsewhere: false });
  };
  const free = (): void => {
    beTheOnlyOne();
    goOnline();
    announce();
  };
  const lookOut = (): void => {
    lookout = createLookout(services, { identity: o.identity, free, changed: announce });
  };
  const withdraw = async (): Promise<void> => {
    const before = published;
    published = undefined;
    lookout?.stop();
    lookout = undefined;
    stopListening();
    await before?.withdraw();
  };
  return {
    reachability,
    setPaused: async (paused) => {
      if (paused) await withdraw();
      else if (!published && !lookout) (o.identity().mayBeElsewhere ? lookOut : goOnline)();
      announce();
    },
    takeOver: async ({ evenIfElsewhere }) => {
      if (!o.identity().mayBeElsewhere) return;
      if (!evenIfElsewhere) return lookout?.look();
      if (lookout) free();
      else beTheOnlyOne();
    },
  };
}

function whileLooking({ onion }: Pick<Services, 'onion'>, lookout: Lookout): Reachability {
  if (lookout.state() === 'elsewhere') return 'elsewhere';
  return onion.status().phase === 'online' ? 'publishing' : 'offline';
}

function publish({ onion }: Pick<Services, 'onion'>, { identity, servers }: Parts): PublishedOnion {
  return onion.publish({
    seed: identity().onionSeed,
    ports: [
      { virtualPort: SMTP_PORT, targetPort: servers.smtp.port },
      { virtualPort: HKP_PORT, targetPort: servers.hkp.port },
    ],
  });
}
