import type { Reachability } from '../../../../shared/identity';
import type { Vault } from '../../ports/vault';
import { PublishedOnions, type PublishedOnionsParts } from './published-onions';
import type { Services } from '../mailbox';
import { createLookout, type Lookout } from './claim-address';

/** Whether and how an identity can be reached. */
export type Presence = {
  reachability(): Reachability;
  setPaused(paused: boolean): Promise<void>;
  /** Looks for another copy of a restored identity now, or goes into service regardless. */
  takeOver(o: { evenIfElsewhere: boolean }): Promise<void>;
  /** Another machine answers under our address, or does so no longer. */
  setDuplicate(hasDuplicate: boolean): void;
  /** Private or not, and through which doors: published anew. */
  onionsChanged(): Promise<void>;
};

type Parts = PublishedOnionsParts & {
  readonly vault: Vault;
  /** Looks again whether another machine answers under our address; `forget`: the person knows, and wants it so. */
  readonly lookForDuplicate: (o: { forget: boolean }) => Promise<void>;
  /** Called after every change of reachability. */
  readonly announce: (reachability: Reachability) => void;
};

/**
 * Publishes the onion, unless the person paused it, or the copy it was restored from may still be online. A private
 * identity is reached through doors alone: its own onion is not published, so that who knows only the address cannot
 * tell whether it is online (PROTOCOL.md 10).
 */
export function createPresence(services: Services, o: Parts): Presence {
  const entrances = new PublishedOnions(services, o, () => {
    announce();
  });
  let isOut = false;
  let hasDuplicate = false;
  let lookout: Lookout | undefined;
  const reachability = (): Reachability => {
    if (hasDuplicate && isOut) return 'elsewhere';
    if (isOut) return entrances.reachability();
    return lookout ? whileLooking(services, lookout) : 'paused';
  };
  const announce = (): void => o.announce(reachability());
  const goOnline = (): Promise<void> => {
    isOut = true;
    return entrances.show(true);
  };
  const beTheOnlyOne = (): void => {
    lookout?.stop();
    lookout = undefined;
    o.vault.updateIdentity(o.identity().id, { mayBeElsewhere: false });
  };
  const free = (): void => {
    beTheOnlyOne();
    void goOnline();
    announce();
  };
  const withdraw = (): Promise<void> => {
    isOut = false;
    lookout?.stop();
    lookout = undefined;
    return entrances.show(false);
  };
  const goOut = async (): Promise<void> => {
    if (isOut || lookout) return;
    if (o.identity().mayBeElsewhere)
      lookout = createLookout(services, { identity: o.identity, mail: o.mail, free, changed: announce });
    else await goOnline();
  };
  return {
    reachability,
    setPaused: async (paused) => {
      await (paused ? withdraw() : goOut());
      announce();
    },
    takeOver: async ({ evenIfElsewhere }) => {
      if (!o.identity().mayBeElsewhere) return o.lookForDuplicate({ forget: evenIfElsewhere });
      if (!evenIfElsewhere) return lookout?.look();
      if (lookout) free();
      else beTheOnlyOne();
    },
    setDuplicate: (duplicate) => {
      hasDuplicate = duplicate;
      announce();
    },
    onionsChanged: async () => {
      await entrances.show(isOut);
      announce();
    },
  };
}

function whileLooking({ onion }: Pick<Services, 'onion'>, lookout: Lookout): Reachability {
  if (lookout.state() === 'elsewhere') return 'elsewhere';
  return onion.status().phase === 'online' ? 'publishing' : 'offline';
}
