import { PosthornError } from '../../../../shared/errors';
import type { IdentityId } from '../../../../shared/ids';
import type { Identity, Reachability } from '../../../../shared/identity';
import { onionOf } from '../../domain/mail-address';
import type { MailStore } from '../../ports/mail-store';
import type { LoopbackServer } from '../../ports/smtp';
import type { Vault, VaultIdentity } from '../../ports/vault';
import { rotateDueKeys } from '../keys/rotate-due-keys';
import { completeRing } from '../trust/complete-ring';
import { Outbox } from '../outgoing/deliver-outbox';
import type { DeliverySlots } from '../delivery-slots';
import { Collector } from '../custody/recipient/collect';
import { useContactOnions } from '../presence/private-onions';
import { GapWatch } from '../custody/recipient/gap-watch';
import { HandOver } from '../custody/holder/hand-over';
import { PeerSync } from './sync-peers';
import { CollectProgress } from '../custody/recipient/collect-progress';
import { createPresence, type Presence } from '../presence/presence';
import { publishedKey } from '../trust/published-key';
import { KeyRefresher } from '../trust/refresh-keys';
import type { Mailbox, Post, Services } from '../mailbox';
import { controlTable } from './control-table';
import { smtpHandler } from '../incoming/smtp-handler';
import { tryAllNow } from '../outgoing/try-all-now';
import { DuplicateWatch } from '../presence/duplicate-instance';
import { TrustKeeper } from '../trust/trust-keeper';

/** An identity in service: its mail, its listeners, its onion and its outbox. */
export type OpenIdentity = Mailbox & {
  readonly id: IdentityId;
  readonly outbox: Outbox;
  view(): Identity;
  /** «Appear offline»: withdraws or publishes the onion; mail that is queued waits or goes. */
  setPaused(paused: boolean): Promise<void>;
  /** Tor is back, or the person wants it: everything is tried and asked for now. */
  wake(): void;
  setPrivate(isPrivate: boolean): Identity;
  /** Of a restored identity: see `Presence`. */
  takeOver(o: { evenIfElsewhere: boolean }): Promise<Identity>;
  close(): Promise<void>;
};

/**
 * Opens an identity's mail and puts it into service. Throws what keeps its mail shut; then nothing of it is running.
 */
export async function openIdentity(
  services: Services,
  o: { vault: Vault; identity: VaultIdentity; slots: DeliverySlots },
): Promise<OpenIdentity> {
  const mail = o.vault.openMail(o.identity);
  try {
    return await putIntoService(services, { ...o, mail });
  } catch (error) {
    mail.close();
    throw error;
  }
}

async function putIntoService(
  services: Services,
  o: { vault: Vault; identity: VaultIdentity; slots: DeliverySlots; mail: MailStore },
): Promise<OpenIdentity> {
  const {
    vault,
    mail,
    identity: { id },
  } = o;
  const identity = (): VaultIdentity => vault.identities().find((each) => each.id === id) ?? o.identity;
  const trust = new TrustKeeper(services, { identity, mail });
  const incoming = new CollectProgress(services, id);
  const post: Post = {
    wake: () => {
      outbox.wake();
    },
    hurry: (deliveryId) => {
      outbox.hurry(deliveryId);
    },
    hurryTo: (address) => {
      outbox.hurryTo(address);
    },
    refreshHolding: () => {
      keeper.refresh();
    },
    recordHandOver: (by) => incoming.control(by),
    recordEnvelope: (told) => {
      gaps.control(told);
    },
  };
  const mailbox: Mailbox = { identity, mail, trust, post };
  await rotateDueKeys(services, { vault, identity: identity() }).catch(() => {
    // The old one still serves for months; a full disk must not make the mail unreadable.
    services.log.error('certification.not-renewed');
  });
  const gaps = new GapWatch(services, mailbox);
  const refresher = new KeyRefresher(services, mailbox);
  const outbox = new Outbox(services, mailbox, {
    slots: o.slots,
    seenOnline: (address) => {
      refresher.seenOnline(address);
    },
  });
  const handOver = new HandOver(services, mailbox, o.slots);
  const collector = new Collector(services, mailbox, o.slots);
  const keeper = new PeerSync(services, mailbox, () => presence.onionsChanged());
  const duplicate = new DuplicateWatch(services, mailbox, (hasDuplicate) => {
    presence.setDuplicate(hasDuplicate);
  });
  const servers = await startServers(services, mailbox, { handOver, duplicate });
  const view = (): Identity =>
    toIdentity(identity(), { reachability: presence.reachability(), isPrivate: mail.isPrivate() });
  const announce = followReachability({
    collector,
    duplicate,
    announce: () => {
      show(services, view);
    },
  });
  const presence = createPresence(services, {
    vault,
    identity,
    mail,
    servers,
    announce,
    lookForDuplicate: (how) => duplicate.lookNow(how),
  });
  useContactOnions(services, mailbox);
  await presence.setPaused(identity().paused);
  keeper.refresh();
  outbox.wake();
  handOver.wake();
  void completeRing(services, mailbox).then(() => trust.refresh());
  return {
    ...mailbox,
    id,
    outbox,
    view,
    wake: () => {
      tryAllNow(services, { mail, outbox });
      handOver.wake();
      collector.collectAgain();
    },
    setPaused: (paused) => presence.setPaused(paused),
    setPrivate: (isPrivate) => {
      keeper.setPrivate(isPrivate);
      return view();
    },
    takeOver: async (how) => {
      await presence.takeOver(how);
      return view();
    },
    close: () =>
      closeAll({
        presence,
        outbox,
        handOver,
        collector,
        keeper,
        duplicate,
        incoming,
        gaps,
        refresher,
        trust,
        servers,
        mail,
      }),
  };
}

/** Never throws: what listens to Tor must not fail over a store that cannot be read now. */
function show(services: Pick<Services, 'events' | 'log'>, view: () => Identity): void {
  try {
    services.events.publish({ type: 'identity.changed', identity: view() });
  } catch (error) {
    services.log.error('identity.not-shown', { posthorn: error instanceof PosthornError });
  }
}

/** Who has come online asks for what was kept meanwhile, and looks whether nobody else is there under the same name. */
function followReachability(o: {
  collector: Collector;
  duplicate: DuplicateWatch;
  announce: () => void;
}): (reachability: Reachability) => void {
  let isOnline = false;
  return (reachability) => {
    const wasOnline = isOnline;
    isOnline = reachability === 'online' || (wasOnline && reachability === 'elsewhere');
    if (isOnline && !wasOnline) {
      o.collector.collect();
      o.duplicate.start();
    }
    if (!isOnline && wasOnline) {
      o.collector.rest();
      o.duplicate.stop();
    }
    o.announce();
  };
}

type Servers = { readonly smtp: LoopbackServer; readonly hkp: LoopbackServer };

async function startServers(
  services: Services,
  mailbox: Mailbox,
  o: { handOver: HandOver; duplicate: DuplicateWatch },
): Promise<Servers> {
  const { address } = mailbox.identity();
  const smtp = await services.smtpListeners.start({
    name: onionOf(address),
    handler: smtpHandler(services, mailbox, { ...o, controlTable }),
  });
  try {
    const key = async (): Promise<string> => services.pgp.armorPublicKey(await publishedKey(services, mailbox));
    return {
      smtp,
      hkp: await services.keyServers.start({ address, fingerprint: () => mailbox.identity().keys.fingerprint, key }),
    };
  } catch (error) {
    await smtp.stop();
    throw error;
  }
}

type Running = {
  readonly presence: Presence;
  readonly outbox: Outbox;
  readonly handOver: HandOver;
  readonly collector: Collector;
  readonly keeper: PeerSync;
  readonly duplicate: DuplicateWatch;
  readonly incoming: CollectProgress;
  readonly gaps: GapWatch;
  readonly refresher: KeyRefresher;
  readonly trust: TrustKeeper;
  readonly servers: Servers;
  readonly mail: MailStore;
};

/** The mail is closed whatever else fails: an open file would keep its key, and a lock must be a lock. */
async function closeAll(o: Running): Promise<void> {
  const { presence, outbox, handOver, collector, refresher, trust, servers } = o;
  o.keeper.close();
  o.duplicate.stop();
  o.incoming.close();
  o.gaps.close();
  const parts = [
    presence.setPaused(true),
    outbox.close(),
    handOver.close(),
    collector.close(),
    refresher.close(),
    servers.smtp.stop(),
    servers.hkp.stop(),
  ];
  await Promise.allSettled(parts);
  await trust.close();
  o.mail.close();
}

/** What may be shown of an identity: no key leaves. */
export function toIdentity(identity: VaultIdentity, state: Pick<Identity, 'reachability' | 'isPrivate'>): Identity {
  const { id, address, label, colour, createdAt, keys } = identity;
  return { id, address, onion: onionOf(address), label, colour, createdAt, fingerprint: keys.fingerprint, ...state };
}
