import type { Services } from '../../mail/mailbox';
import { createAppPasswordHashes } from '../../clients/app-password-hashes';
import { createMime } from '../../mime/create-mime';
import type { Backups } from '../../ports/storage/backups';
import type { Mime } from '../../ports/mime';
import type { Log } from '../../ports/runtime';
import { EventBus } from '../../runtime/event-bus';
import type { MachineClock } from './machine-clock';
import type { MachinePorts } from './machine-ports';
import type { SeededRandom } from './seeded-random';
import { createVirtualKeyFetcher, createVirtualKeyServers } from './virtual-hkp';
import type { VirtualOnion } from './virtual-onion';
import { createVirtualSmtpSender } from './virtual-smtp';
import type { World } from './world';

/** The parts of the world that one start of a program gets. */
export function machineServices(
  world: World,
  o: {
    readonly clock: MachineClock;
    readonly ports: MachinePorts;
    readonly onion: VirtualOnion;
    readonly random: SeededRandom;
    readonly log: Log;
  },
): Services {
  const { network } = world;
  const { clock, ports, onion, random, log } = o;
  return {
    clock,
    random,
    log,
    events: new EventBus(log),
    pgp: world.pgp,
    mime: trackedMime(world, createMime({ random })),
    onion,
    onionKeys: world.onionKeys,
    custodyCrypto: world.custodyCrypto,
    smtpListeners: { start: ({ handler }) => Promise.resolve(ports.open({ smtp: handler })) },
    smtpSender: createVirtualSmtpSender({ network, clock, random }),
    keyServers: createVirtualKeyServers(ports),
    keyFetcher: createVirtualKeyFetcher({ network, clock, uplink: onion }),
    backups: noBackups,
    clientServers: { imap: notSimulated, submission: notSimulated, tryImap: notSimulated },
    appPasswordHashes: createAppPasswordHashes(),
    mailServer: { listen: notSimulated, handOver: notSimulated },
  };
}

/** The real MIME works in many turns of the event loop; the world's time stands still meanwhile. */
function trackedMime({ clock }: World, mime: Mime): Mime {
  return {
    ...mime,
    buildInner: (message) => clock.track(mime.buildInner(message)),
    parseOuter: (raw) => clock.track(mime.parseOuter(raw)),
    readHead: (content) => clock.track(mime.readHead(content)),
    readBodies: (o) => clock.track(mime.readBodies(o)),
    parseHeldEnvelope: (raw) => clock.track(mime.parseHeldEnvelope(raw)),
    readCards: (text) => clock.track(mime.readCards(text)),
  };
}

const notSimulated = (): Promise<never> => Promise.reject(new Error('This is not simulated.'));

const noBackups: Backups = {
  create: notSimulated,
  receive: notSimulated,
  read: notSimulated,
  test: notSimulated,
  restore: notSimulated,
  discard: notSimulated,
  clean: notSimulated,
};
