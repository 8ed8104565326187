import { onionOf } from '../../domain/mail-address';
import type { KeyFetcher, KeyFetchOutcome, KeyServers } from '../../ports/key-servers';
import type { MachineClock } from './machine-clock';
import type { MachinePorts } from './machine-ports';
import type { Uplink } from './virtual-link';
import type { VirtualNetwork } from './virtual-network';

const HKP_PORT = 80;
const UNREACHABLE: KeyFetchOutcome = { outcome: 'unreachable', reason: 'offline' };

export function createVirtualKeyServers(ports: MachinePorts): KeyServers {
  return { start: ({ address, key }) => Promise.resolve(ports.open({ hkp: { address, key } })) };
}

/** Asks the onion of an address for its key, over the virtual network. */
export function createVirtualKeyFetcher(o: {
  network: VirtualNetwork;
  clock: MachineClock;
  uplink: Uplink;
}): KeyFetcher {
  const wait = (milliseconds: number): Promise<void> => o.clock.wait(milliseconds);
  return {
    fetch: async ({ address }) => {
      const connecting = await o.network.connect({ from: o.uplink, to: onionOf(address), port: HKP_PORT, wait });
      if (connecting.outcome === 'failed') return UNREACHABLE;
      const { link } = connecting;
      await wait(2 * o.network.weather.roundTripMs());
      const { service } = link;
      if (!link.isOpen() || !('hkp' in service)) return UNREACHABLE;
      link.close();
      return service.hkp.address === address
        ? { outcome: 'found', block: Buffer.from(await service.hkp.key()) }
        : { outcome: 'not-found' };
    },
  };
}
