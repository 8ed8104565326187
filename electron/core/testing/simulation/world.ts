import { createHash } from 'node:crypto';
import type { OnionHost } from '../../../../shared/ids';
import { createCustodyCrypto } from '../../custody/create-custody-crypto';
import { makeOnionKeys } from '../../onion/onion-keys';
import type { CustodyCrypto } from '../../ports/custody-crypto';
import type { OnionKeys } from '../../ports/onion';
import type { Pgp } from '../../ports/pgp';
import { createNetworkWeather } from './network-weather';
import { SeededRandom } from './seeded-random';
import { createStandInPgp } from './stand-in-pgp';
import { VirtualNetwork } from './virtual-network';
import { WorldClock } from './world-clock';

/** What all machines of a simulation share. */
export type World = {
  readonly clock: WorldClock;
  readonly random: SeededRandom;
  readonly network: VirtualNetwork;
  readonly pgp: Pgp;
  readonly onionKeys: OnionKeys;
  readonly custodyCrypto: CustodyCrypto;
  /** Where the databases are; a file system in memory is a good place. */
  readonly directory: string;
};

export function createWorld(o: {
  readonly seed: string;
  readonly startsAt: number;
  readonly directory: string;
}): World {
  const clock = new WorldClock(o.startsAt);
  const random = new SeededRandom(o.seed);
  return {
    clock,
    random,
    network: new VirtualNetwork(clock, createNetworkWeather(random.fork('weather'))),
    pgp: createStandInPgp(),
    onionKeys: rememberingOnionKeys(),
    custodyCrypto: createCustodyCrypto(),
    directory: o.directory,
  };
}

/** The real names and checks; a name costs a point multiplication, and every start of a machine asks for it. */
function rememberingOnionKeys(): OnionKeys {
  const keys = makeOnionKeys();
  const onions = new Map<string, OnionHost>();
  const verdicts = new Map<string, ReturnType<OnionKeys['check']>>();
  return {
    ...keys,
    onionOf: (seed) => remember(onions, createHash('sha256').update(seed).digest('hex'), () => keys.onionOf(seed)),
    check: (host) => remember(verdicts, host, () => keys.check(host)),
  };
}

function remember<T>(known: Map<string, T>, name: string, find: () => T): T {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = find();
  known.set(name, found);
  return found;
}
