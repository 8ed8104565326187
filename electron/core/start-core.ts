import { dirname, join } from 'node:path';
import { coreContract } from '../../shared/contract/core-contract';
import type { CoreEvent } from '../../shared/contract/core-events';
import { PosthornError } from '../../shared/errors';
import type { Glance } from '../../shared/glance';
import type { TorLaunch } from '../../shared/launch';
import { present } from '../../shared/present';
import { createAppPasswordHashes } from './clients/app-password-hashes';
import { createClientServers } from './clients/create-client-servers';
import { createBackups } from './backup/create-backups';
import { createKeyFetcher } from './hkp/key-fetcher';
import { createKeyServers } from './hkp/key-server';
import { createCustodyCrypto } from './custody/create-custody-crypto';
import { createImapServer } from './imap/imap-server';
import { ProfileSession } from './mail/profile/profile-session';
import { checkRestoredKeys } from './mail/profile/restore-profile';
import type { Services } from './mail/mailbox';
import { createMimeWorkerClient } from './mime/worker/mime-worker-client';
import { makeOnionKeys } from './onion/onion-keys';
import { createTorSession } from './onion/tor-session';
import { createPgpWorkerClient } from './pgp/worker/pgp-worker-client';
import type { Mime } from './ports/mime';
import type { Onion } from './ports/onion';
import type { Pgp } from './ports/pgp';
import type { Clock, Log, Random, Unsubscribe } from './ports/runtime';
import type { PrivateSockets } from './ports/local-server';
import type { SmtpListeners } from './ports/smtp';
import type { ClientChannel } from './rpc/client-channel';
import { coreHandlers } from './rpc/core-handlers';
import { EventFeed } from './rpc/event-feed';
import { RpcServer } from './rpc/rpc-server';
import { GlanceFeed } from './rpc/window/glance-feed';
import { WindowGate } from './rpc/window/window-gate';
import { EventBus } from './runtime/event-bus';
import { createPrivateSockets } from './runtime/private-sockets';
import { systemRandom } from './runtime/system-random';
import { traceCalls, traceEvents } from './runtime/trace-calls';
import { createSmtpListeners } from './smtp/smtp-listener';
import { SubmissionServer } from './smtp/submission/submission-server';
import { createSmtpSender } from './smtp/smtp-sender';
import { createBackupWorkers } from './store/backup/backup-worker-client';
import { openProfile, type KdfParameters } from './store/vault/profile';

/** The post office of one profile, running. */
export type Core = {
  /** Serves calls and events to a command line until its channel closes. */
  attachClient(channel: ClientChannel): void;
  /** The same for a window, which can be locked while mail goes on arriving. */
  attachWindow(channel: ClientChannel): void;
  /** Locks the windows, and nothing else. */
  lockWindows(): void;
  /** Locks the windows and the profile: nothing arrives any more. */
  lock(): Promise<void>;
  /** Unlocks the profile with what the desktop's keyring kept, behind locked windows. Answers whether it is open. */
  unlockBehindWindows(passphrase: string): Promise<boolean>;
  /** Tells numbers and states, at once and whenever they have changed, until the core stops. */
  followGlance(listen: (glance: Glance) => void): void;
  torChanged(launch: TorLaunch): void;
  /** The machine woke from sleep, or its network changed. */
  resumed(): Promise<void>;
  /** The person locked the desktop, or the machine goes to sleep. */
  screenLocked(): Promise<void>;
  /** Ends all service and closes the stores; what is queued is tried again at the next start. */
  stop(): Promise<void>;
};

export type CoreOptions = {
  readonly profileDirectory: string;
  /** Path of the built crypto worker; those that read mail and make backups lie beside it. */
  readonly pgpWorkerPath: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Called before work of maybe minutes in which the core answers nothing: whoever watches it must wait. */
  readonly busy?: () => void;
};

/** What a test may replace: the network below the onions, chance, the cost of a passphrase, and the workers. */
export type CoreReplacements = {
  readonly onion?: Onion;
  readonly random?: Random;
  /** Closed when the core stops. */
  readonly pgp?: Pgp;
  readonly mime?: Mime;
  readonly kdf?: KdfParameters;
  readonly backupWorkFactor?: number;
};

/**
 * Builds the core: the only place that knows every adapter. Throws `profile-in-use` when another process holds the
 * profile, `profile-damaged` when its vault file cannot be read.
 */
export function startCore(options: CoreOptions, replacements: CoreReplacements = {}): Core {
  return serveCore(assembleCore(options, replacements), options.log);
}

/** Lets windows and command lines in to what was assembled. */
export function serveCore({ services, session, bus, sockets }: AssembledCore, log: Log): Core {
  const handlers = traceCalls(coreHandlers(services, session), { log, name: 'call' });
  const onFault = (error: unknown): void => {
    log.error('call.failed', { posthorn: error instanceof PosthornError });
  };
  const server = new RpcServer({ contract: coreContract, handlers, onFault });
  const glances = new Set<GlanceFeed>();
  const onOpening = (): void => {
    for (const glance of glances) glance.look();
  };
  const gate = new WindowGate({ session, events: bus, clock: services.clock, onOpening });
  const windows = new RpcServer({ contract: coreContract, handlers: gate.guard(handlers), onFault });
  const feed = new EventFeed<CoreEvent>({ subscribe: (listener) => bus.subscribe(listener) });
  const stopStatus = announceTor(services);
  services.backups.clean().catch(() => {
    log.warn('backup.not-cleaned');
  });
  return {
    attachClient: (channel) => {
      server.attach(channel);
      feed.attach(channel);
    },
    attachWindow: (channel) => {
      windows.attach(channel);
      feed.attach(channel, (event) => gate.shown(event));
    },
    lockWindows: () => {
      gate.lock();
    },
    lock: () => session.lock(),
    unlockBehindWindows: async (passphrase) => (await gate.unlockBehind(passphrase)).outcome === 'unlocked',
    followGlance: (listen) => {
      const states = { windowLocked: () => gate.isLocked, opening: () => gate.isOpening };
      glances.add(new GlanceFeed({ session, services, ...states }, listen));
    },
    torChanged: (launch) => {
      services.onion.torChanged(launch);
    },
    resumed: () => services.onion.networkChanged(),
    screenLocked: () =>
      session.screenLocked(() => {
        gate.lock();
      }),
    stop: async () => {
      try {
        await session.close();
      } finally {
        stopStatus();
        feed.stop();
        gate.stop();
        for (const glance of glances) glance.stop();
        await Promise.all([services.onion.close(), services.pgp.close(), services.mime.close(), sockets.close()]);
      }
    },
  };
}

/** A core that nobody can call yet; what enters by itself, as mail does, is served from the unlock on. */
export type AssembledCore = {
  readonly services: Services;
  readonly session: ProfileSession;
  readonly bus: EventBus;
  readonly sockets: PrivateSockets;
};

/** Builds all adapters and the session of one profile; throws as `startCore`. */
export function assembleCore(
  { profileDirectory, pgpWorkerPath, log, clock, busy }: CoreOptions,
  replacements: CoreReplacements,
): AssembledCore {
  const random = replacements.random ?? systemRandom();
  const bus = new EventBus(log);
  const trace = <T extends object>(name: string, port: T): T => traceCalls(port, { log, name });
  traceEvents(bus, log);
  const beside = (bundle: string): string => join(dirname(pgpWorkerPath), bundle);
  const workers = createBackupWorkers(beside('backup-worker.cjs'));
  const profile = openProfile({
    directory: profileDirectory,
    clock,
    random,
    events: bus,
    log,
    copyMail: (o) => workers.copy(o),
    ...present({ migrating: busy }),
    ...(replacements.kdf ? { kdf: replacements.kdf } : {}),
  });
  const pgp = trace('pgp', replacements.pgp ?? createPgpWorkerClient({ workerPath: pgpWorkerPath }));
  const onionKeys = makeOnionKeys();
  const sockets = createPrivateSockets({ log });
  const services: Services = {
    clock,
    random,
    log,
    events: bus,
    pgp,
    mime: replacements.mime ?? createMimeWorkerClient({ workerPath: beside('mime-worker.cjs'), random }),
    custodyCrypto: createCustodyCrypto(),
    onion: replacements.onion ?? createTorSession({ clock, log, random }),
    onionKeys,
    smtpListeners: traceListeners(createSmtpListeners({ clock, log, random, sockets }), trace),
    smtpSender: trace('smtp-out', createSmtpSender({ clock })),
    keyServers: createKeyServers({ sockets }),
    keyFetcher: trace('hkp', createKeyFetcher({ clock })),
    clientServers: createClientServers({
      imap: () => createImapServer({ clock, log }),
      submission: () => new SubmissionServer({ clock, log }),
      sockets,
    }),
    appPasswordHashes: createAppPasswordHashes(),
    backups: createBackups({
      directory: join(profileDirectory, 'backup'),
      clock,
      checkMail: (o) => workers.check(o),
      onionOf: (seed) => onionKeys.onionOf(seed),
      checkKeys: (identity) => checkRestoredKeys({ pgp, clock }, identity),
      ...present({ workFactor: replacements.backupWorkFactor }),
    }),
  };
  return { services, session: new ProfileSession(services, profile), bus, sockets };
}

/** What peers say, by the use cases' answers: the listener itself hands on nothing else. */
function traceListeners(
  listeners: SmtpListeners,
  trace: <T extends object>(name: string, port: T) => T,
): SmtpListeners {
  return { start: (o) => listeners.start({ ...o, handler: trace('smtp-in', o.handler) }) };
}

function announceTor({ onion, events }: Pick<Services, 'onion' | 'events'>): Unsubscribe {
  return onion.onStatus((status) => {
    events.publish({ type: 'tor.changed', status });
  });
}
