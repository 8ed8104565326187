import type { IdentityId } from '../../../../shared/ids';
import type { Identity } from '../../../../shared/identity';
import type { MailStore } from '../../ports/storage/mail-store';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import type { DeliverySlots, Turn } from '../delivery-slots';
import { rotateDueKeys } from '../keys/rotate-due-keys';
import type { Mailbox, Services } from '../mailbox';
import type { Gateway } from '../gateway/gateway';
import type { Deliverer } from '../outgoing/deliverer';
import { useContactOnions } from '../presence/private-onions';
import { completeRing } from '../trust/complete-ring';
import { closeParts, refreshParts, wakeParts } from './parts';
import { startParts, type Opening, type Started } from './start-parts';

/** An identity in service: its mail, its listeners, its onion and its outbox. */
export type OpenIdentity = Mailbox & {
  readonly id: IdentityId;
  readonly deliverer: Deliverer;
  readonly gateway: Gateway;
  view(): Identity;
  /** «Appear offline»: withdraws or publishes the onion; mail that is queued waits or goes. */
  setPaused(paused: boolean): Promise<void>;
  /** Tor is back, or the person wants it: everything that waits is tried now. */
  tryEverything(): void;
  setPrivate(isPrivate: boolean): Identity;
  /** See `Presence.takeOver`. */
  takeOver(o: { evenIfElsewhere: boolean }): Promise<Identity>;
  /** Resolves when everything that mail stored until now has taught is learned, and everyone who must know is told. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens an identity's mail and puts it into service. Throws what keeps its mail from being opened; nothing of it is
 * running then.
 */
export async function openIdentity(
  services: Services,
  o: { vault: Vault; identity: VaultIdentity; slots: DeliverySlots; startWait: () => number; turn: Turn },
): Promise<OpenIdentity> {
  const { vault, slots, startWait, turn } = o;
  const mail: MailStore = vault.openMail(o.identity);
  const identity = (): VaultIdentity => vault.identities().find(({ id }) => id === o.identity.id) ?? o.identity;
  try {
    return await putIntoService(services, { vault, slots, startWait, turn, identity, mail });
  } catch (error) {
    mail.close();
    throw error;
  }
}

async function putIntoService(services: Services, o: Opening): Promise<OpenIdentity> {
  await rotateDueKeys(services, { vault: o.vault, identity: o.identity() }).catch(() => {
    // The old certification is valid for months more; a full disk must not make the mail unreadable.
    services.log.error('certification.not-renewed');
  });
  const started = await startParts(services, o);
  try {
    await begin(services, o, started);
  } catch (error) {
    await closeParts(services, started.parts);
    throw error;
  }
  return asOpen(services, o, started);
}

/** Starts what is due when an identity comes into service; what waits for its time goes on waiting. */
async function begin(services: Services, { identity }: Opening, started: Started): Promise<void> {
  const { mailbox, parts, presence, deliverer } = started;
  useContactOnions(services, mailbox);
  await presence.setPaused(identity().paused);
  refreshParts(parts);
  // Without Tor this shows what mail waits for; once it is there, whoever opened the identity wakes it at its own time.
  if (services.onion.status().phase !== 'online') deliverer.startDue();
  void completeRing(services, mailbox).then(() => mailbox.trust.refresh());
}

function asOpen(services: Services, { identity, mail, turn }: Opening, started: Started): OpenIdentity {
  const { mailbox, parts, presence, deliverer, gateway, peers, followUps, view } = started;
  return {
    ...mailbox,
    id: identity().id,
    deliverer,
    gateway,
    view,
    tryEverything: () => {
      turn.begin();
      wakeParts(parts);
    },
    setPaused: (paused) => presence.setPaused(paused),
    setPrivate: (isPrivate) => {
      peers.setPrivate(isPrivate);
      return view();
    },
    takeOver: async (how) => {
      await presence.takeOver(how);
      return view();
    },
    settled: () => followUps.settled(),
    close: async () => {
      await closeParts(services, parts);
      mail.close();
    },
  };
}
