import type { Reachability } from '../../../shared/identity';
import type { LoopbackServer, OwnDoor, PublishedOnion, Unsubscribe, Vault } from '../ports';
import { HKP_PORT, SMTP_PORT } from './onion-ports';
import type { Mailbox, Services } from './services';
import { createLookout, type Lookout } from './take-over';

/** Whether and how an identity can be reached. */
export type Presence = {
  reachability(): Reachability;
  setPaused(paused: boolean): Promise<void>;
  /** Looks for another copy of a restored identity now, or goes into service regardless. */
  takeOver(o: { evenIfElsewhere: boolean }): Promise<void>;
  /** Another machine answers under our address, or does so no longer. */
  setTwin(hasTwin: boolean): void;
  /** Private or not, and through which doors: published anew. */
  doorsChanged(): Promise<void>;
};

type Parts = {
  readonly vault: Vault;
  readonly identity: Mailbox['identity'];
  readonly mail: Mailbox['mail'];
  readonly servers: { readonly smtp: LoopbackServer; readonly hkp: LoopbackServer };
  /** Called after every change of reachability. */
  readonly announce: (reachability: Reachability) => void;
};

/** One onion of ours that is published, and for whom; `key` tells it from others. */
type Entrance = { readonly key: string; readonly onion: PublishedOnion; readonly stop: Unsubscribe; readonly clients: string };

/**
 * Publishes the onion, unless the person paused it, or the copy it was restored from may still be online. A private identity is reached through
 * doors alone: its own onion is not published, so that who knows only the address cannot tell whether it is online (PROTOCOL.md 10).
 */
export function createPresence(services: Services, o: Parts): Presence {
  const entrances = new Map<string, Entrance>();
  let isOut = false;
  let hasTwin = false;
  let lookout: Lookout | undefined;
  const reachability = (): Reachability => {
    if (hasTwin && isOut) return 'elsewhere';
    if (isOut) return reachabilityOf([...entrances.values()]);
    return lookout ? whileLooking(services, lookout) : 'paused';
  };
  const announce = (): void => { o.announce(reachability()); };
  const bringInStep = async (): Promise<void> => {
    const wanted = isOut ? entrancesOf(services, o) : [];
    const isWanted = new Set(wanted.map(({ key }) => key));
    const gone = [...entrances.values()].filter(({ key }) => !isWanted.has(key));
    for (const { key } of gone) entrances.delete(key);
    for (const entrance of wanted) if (!entrances.has(entrance.key)) entrances.set(entrance.key, open(services, o, entrance, announce));
    await Promise.all([...gone.map(close), ...wanted.map((entrance) => admit(entrances, entrance))]);
  };
  const goOnline = (): Promise<void> => {
    isOut = true;
    return bringInStep();
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
  const lookOut = (): void => {
    lookout = createLookout(services, { identity: o.identity, mail: o.mail, free, changed: announce });
  };
  const withdraw = (): Promise<void> => {
    isOut = false;
    lookout?.stop();
    lookout = undefined;
    return bringInStep();
  };
  const goOut = async (): Promise<void> => {
    if (isOut || lookout) return;
    if (o.identity().mayBeElsewhere) lookOut();
    else await goOnline();
  };
  return {
    reachability,
    setPaused: async (paused) => {
      await (paused ? withdraw() : goOut());
      announce();
    },
    takeOver: async ({ evenIfElsewhere }) => {
      if (!o.identity().mayBeElsewhere) return;
      if (!evenIfElsewhere) return lookout?.look();
      if (lookout) free();
      else beTheOnlyOne();
    },
    setTwin: (twin) => {
      hasTwin = twin;
      announce();
    },
    doorsChanged: async () => {
      await bringInStep();
      announce();
    },
  };
}

type Wanted = { readonly key: string; readonly seed: Uint8Array; readonly clients?: readonly string[] };

/** Who has only a door goes on finding us by it after the identity has been opened to all. */
function entrancesOf({ onionKeys, holdingCrypto }: Pick<Services, 'onionKeys' | 'holdingCrypto'>, { identity, mail }: Parts): Wanted[] {
  const doors = mail.ownDoors().filter(({ admitted }) => admitted.length > 0);
  const clientsOf = ({ admitted }: OwnDoor): string[] => admitted.map(({ secret }) => holdingCrypto.clientKey(secret));
  const behindDoors = doors.map((door) => ({ key: onionKeys.onionOf(door.seed), seed: door.seed, clients: clientsOf(door) }));
  const own = { key: onionKeys.onionOf(identity().onionSeed), seed: identity().onionSeed };
  return mail.isPrivate() ? behindDoors : [own, ...behindDoors];
}

function open({ onion }: Pick<Services, 'onion'>, { servers }: Parts, { key, seed, clients }: Wanted, announce: () => void): Entrance {
  const published = onion.publish({
    seed,
    ports: [
      { virtualPort: SMTP_PORT, targetPort: servers.smtp.port },
      { virtualPort: HKP_PORT, targetPort: servers.hkp.port },
    ],
    ...(clients ? { clients } : {}),
  });
  return { key, onion: published, stop: published.onState(announce), clients: String(clients) };
}

async function close({ onion, stop }: Entrance): Promise<void> {
  stop();
  await onion.withdraw();
}

async function admit(entrances: Map<string, Entrance>, { key, clients }: Wanted): Promise<void> {
  const entrance = entrances.get(key);
  if (!entrance || clients === undefined || entrance.clients === String(clients)) return;
  entrances.set(key, { ...entrance, clients: String(clients) });
  await entrance.onion.setClients(clients);
}

/** As reachable as its first entrance; a private identity that admits nobody yet has none, and waits for nothing. */
function reachabilityOf(entrances: readonly Entrance[]): Reachability {
  return entrances[0]?.onion.state() ?? 'online';
}

function whileLooking({ onion }: Pick<Services, 'onion'>, lookout: Lookout): Reachability {
  if (lookout.state() === 'elsewhere') return 'elsewhere';
  return onion.status().phase === 'online' ? 'publishing' : 'offline';
}
