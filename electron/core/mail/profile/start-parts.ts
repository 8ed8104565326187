import type { Identity, Reachability } from '../../../../shared/identity';
import type { MessageId } from '../../../../shared/ids';
import type { MailStore } from '../../ports/storage/mail-store';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import { HandOver } from '../custody/holder/hand-over';
import { Collector } from '../custody/recipient/collect';
import { CollectProgress } from '../custody/recipient/collect-progress';
import { GapWatch } from '../custody/recipient/gap-watch';
import { inTurn, type DeliverySlots, type Turn } from '../delivery-slots';
import { Gateway } from '../gateway/gateway';
import { FollowUps } from '../incoming/follow-ups';
import { ListKeeper } from '../lists/list-keeper';
import type { Mailbox, Services } from '../mailbox';
import { Deliverer, type Attempt } from '../outgoing/deliverer';
import { tryDelivery } from '../outgoing/try-delivery';
import { DuplicateWatch } from '../presence/duplicate-instance';
import { Presence } from '../presence/presence';
import { KeyRefresher } from '../trust/refresh-keys';
import { SignerQuestions } from '../trust/signer-questions';
import { TrustKeeper } from '../trust/trust-keeper';
import { controlTable } from './control-table';
import { createChanges } from './create-changes';
import { MailIndexer } from './index-mail';
import { OlderMail } from './serve-older';
import { lateOnline } from './late-online';
import { closeParts, putPartsOnline, refreshParts, wakeParts, type Part } from './parts';
import { announceIdentity, toIdentity } from './show-identity';
import { KeptServers } from './kept-servers';
import { startServers, type Servers } from './start-servers';
import { PeerSync } from './sync-peers';

export type Opening = {
  readonly vault: Vault;
  readonly identity: () => VaultIdentity;
  readonly mail: MailStore;
  readonly slots: DeliverySlots;
  /** Milliseconds until this identity may talk after it came online; drawn anew each time. */
  readonly startWait: () => number;
  readonly turn: Turn;
};

/** An identity whose parts run. Nothing was sent yet, and its onion is not published. */
export type Started = {
  readonly mailbox: Mailbox;
  readonly parts: readonly Part[];
  readonly deliverer: Deliverer;
  readonly peers: PeerSync;
  readonly gateway: Gateway;
  readonly presence: Presence;
  readonly followUps: FollowUps;
  readonly view: () => Identity;
};

/** Makes the parts of an identity. When it rejects, none of them is running. */
export async function startParts(services: Services, o: Opening): Promise<Started> {
  const made = makeParts(services, o);
  const { mailbox, inner } = made;
  try {
    const start = () => startServers(services, mailbox, made);
    const moved = async (): Promise<void> => made.outer.presence?.doorsMoved();
    const servers = new KeptServers(services, await start(), { start, moved });
    return withPresence(services, { ...o, ...made, servers });
  } catch (error) {
    await closeParts(services, inner);
    throw error;
  }
}

type Made = ReturnType<typeof makeParts>;

/** Makes the parts that need no open port. They reach each other through the list, once it is complete. */
function makeParts(services: Services, { identity, mail, startWait, turn, ...o }: Opening) {
  const slots = inTurn(o.slots, turn);
  const outer: { parts: readonly Part[]; presence: Presence | undefined } = { parts: [], presence: undefined };
  const wanted = (): void => {
    if (turn.begin()) wakeParts(outer.parts);
  };
  const changes = createChanges({
    deliverer: () => deliverer,
    arrived: () => {
      gateway.look();
    },
    refresh: () => {
      refreshParts(outer.parts);
    },
    fileLists: () => {
      lists.file();
    },
    wanted,
  });
  const trust = new TrustKeeper(services, { ...mail, identity, changes });
  const mailbox: Mailbox = { ...mail, identity, trust, changes };
  // Before the others: these read the store, and when that fails nothing may be left that waits for a timer.
  const peers = new PeerSync(services, mailbox, async () => outer.presence?.onionsChanged());
  const refresher = new KeyRefresher(services, mailbox);
  const deliverer = new Deliverer(services, mailbox, {
    slots,
    attempt: attempts(services, mailbox),
    wanted,
    seenOnline: (address) => {
      refresher.seenOnline(address);
    },
  });
  const handOver = new HandOver(services, mailbox, slots);
  const gateway = new Gateway(services, mailbox);
  const collector = lateOnline(services, new Collector(services, mailbox, slots), startWait);
  const duplicate = new DuplicateWatch(services, mailbox, (found) => outer.presence?.setDuplicate(found));
  const gaps = new GapWatch(services, mailbox);
  const collected = new CollectProgress(services, identity().id);
  const followUps = new FollowUps(services);
  const lists = new ListKeeper(services, mailbox);
  const signers = new SignerQuestions(services);
  const inner: readonly Part[] = [
    duplicate,
    peers,
    deliverer,
    handOver,
    collector,
    refresher,
    gaps,
    collected,
    gateway,
    lateOnline(services, lists, startWait),
    signers,
    ...partsOfTheirOwn(services, mailbox),
    { name: 'trust', close: () => trust.close() },
  ];
  const heard = { gateway, handOver, gaps, collected, followUps, signers, controlTable };
  return { outer, inner, mailbox, deliverer, peers, duplicate, ...heard };
}

/** Nobody calls them: they look themselves for what there is to do. */
const partsOfTheirOwn = (services: Services, mailbox: Mailbox): readonly Part[] => [
  new MailIndexer(services, mailbox),
  new OlderMail(services, mailbox),
];

/** Two deliveries of one message do not seal it twice. */
function attempts(services: Services, mailbox: Mailbox): (o: Attempt) => ReturnType<typeof tryDelivery> {
  const sealing = new Map<MessageId, Promise<void>>();
  return (attempt) => tryDelivery(services, mailbox, { ...attempt, sealing });
}

/** Adds the way in as the first of the list, so that it is closed first. */
function withPresence(
  services: Services,
  o: Opening & Made & { readonly servers: Servers & { close(): Promise<void> } },
): Started {
  const { outer, duplicate, followUps, servers, identity, mail } = o;
  const view = (): Identity =>
    toIdentity(identity(), { reachability: presence.reachability(), isPrivate: mail.access.isPrivate() });
  const presence = new Presence(services, {
    ...o,
    ...o.mailbox,
    announce: followReachability({
      online: (isOnline) => {
        putPartsOnline(outer.parts, isOnline);
      },
      announce: () => {
        announceIdentity(services, view);
      },
    }),
    lookForDuplicate: (how) => duplicate.lookNow(how),
  });
  outer.presence = presence;
  outer.parts = [
    { name: 'presence', close: () => presence.setPaused(true) },
    // Mail that was stored while they stopped is followed up before its store is closed.
    { name: 'servers', close: () => servers.close().then(() => followUps.settled()) },
    ...o.inner,
  ];
  return { ...o, parts: outer.parts, presence, view };
}

/** Tells when the identity has come online or gone offline. It stays online while a duplicate answers elsewhere too. */
function followReachability(o: {
  readonly online: (isOnline: boolean) => void;
  readonly announce: () => void;
}): (reachability: Reachability) => void {
  let isOnline = false;
  return (reachability) => {
    const wasOnline = isOnline;
    isOnline = reachability === 'online' || (wasOnline && reachability === 'elsewhere');
    if (isOnline !== wasOnline) o.online(isOnline);
    o.announce();
  };
}
