import type { IdentityId } from '../../../shared/ids';
import type { Identity, Reachability } from '../../../shared/identity';
import { checkEnvelopeRecipient, checkEnvelopeSender } from '../domain/accept-policy';
import { onionOf } from '../domain/mail-address';
import type { LoopbackServer, MailStore, SmtpHandler, Vault, VaultIdentity } from '../ports';
import { ageKeys } from './keys/age-keys';
import { completeRing } from './trust/complete-ring';
import { Outbox, type DeliverySlots } from './deliver-outbox';
import { createPresence, type Presence } from './presence';
import { receiveMessage } from './receive-message';
import { publishedKey } from './trust/published-key';
import { KeyRefresher } from './trust/refresh-keys';
import type { Mailbox, Services } from './services';
import { TrustKeeper } from './trust/trust-keeper';

/** An identity in service: its mail, its listeners, its onion and its outbox. */
export type OpenIdentity = Mailbox & {
  readonly id: IdentityId;
  readonly outbox: Outbox;
  view(): Identity;
  /** «Appear offline»: withdraws or publishes the onion; mail that is queued waits or goes. */
  setPaused(paused: boolean): Promise<void>;
  /** Of a restored identity: see `Presence`. */
  takeOver(o: { evenIfElsewhere: boolean }): Promise<Identity>;
  close(): Promise<void>;
};

/** Opens an identity's mail and puts it into service. Throws what keeps its mail shut; then nothing of it is running. */
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
  const { vault, mail } = o;
  const { id } = o.identity;
  const identity = (): VaultIdentity => vault.identities().find((each) => each.id === id) ?? o.identity;
  const trust = new TrustKeeper(services, { identity, mail });
  const mailbox: Mailbox = { identity, mail, trust };
  await ageKeys(services, { vault, identity: identity() }).catch(() => {
    // The old one still serves for months; a full disk must not make the mail unreadable.
    services.log.error('certification.not-renewed');
  });
  const servers = await startServers(services, mailbox);
  const refresher = new KeyRefresher(services, mailbox);
  const outbox = new Outbox(services, mailbox, { slots: o.slots, seenOnline: (address) => { refresher.seenOnline(address); } });
  const announce = (reachability: Reachability): void => {
    services.events.publish({ type: 'identity.changed', identity: toIdentity(identity(), reachability) });
  };
  const presence = createPresence(services, { vault, identity, servers, announce });
  await presence.setPaused(identity().paused);
  outbox.wake();
  void completeRing(services, mailbox).then(() => trust.refresh());
  return {
    ...mailbox,
    id,
    outbox,
    view: () => toIdentity(identity(), presence.reachability()),
    setPaused: (paused) => presence.setPaused(paused),
    takeOver: async (how) => {
      await presence.takeOver(how);
      return toIdentity(identity(), presence.reachability());
    },
    close: () => closeAll({ presence, outbox, refresher, trust, servers, mail }),
  };
}

type Servers = { readonly smtp: LoopbackServer; readonly hkp: LoopbackServer };

async function startServers(services: Services, mailbox: Mailbox): Promise<Servers> {
  const { address } = mailbox.identity();
  const smtp = await services.smtpListeners.start({ name: onionOf(address), handler: smtpHandler(services, mailbox) });
  try {
    const key = async (): Promise<string> => services.pgp.armorPublicKey(await publishedKey(services, mailbox));
    return { smtp, hkp: await services.keyServers.start({ address, fingerprint: () => mailbox.identity().keys.fingerprint, key }) };
  } catch (error) {
    await smtp.stop();
    throw error;
  }
}

function smtpHandler(services: Services, mailbox: Mailbox): SmtpHandler {
  const { id: identityId, address } = mailbox.identity();
  const check = (host: string): ReturnType<typeof services.onionKeys.check> => services.onionKeys.check(host);
  return {
    checkMailFrom: (text) => checkEnvelopeSender(text, check),
    checkRcptTo: (text) => checkEnvelopeRecipient(text, address, check),
    receive: (incoming) => receiveMessage(services, mailbox, incoming),
    progressed: (progress) => {
      services.events.publish({ type: 'transfer.progressed', transfer: { ...progress, identityId, direction: 'in' } });
    },
  };
}

type Running = {
  readonly presence: Presence;
  readonly outbox: Outbox;
  readonly refresher: KeyRefresher;
  readonly trust: TrustKeeper;
  readonly servers: Servers;
  readonly mail: MailStore;
};

/** The mail is closed whatever else fails: an open file would keep its key, and a lock must be a lock. */
async function closeAll(o: Running): Promise<void> {
  const { presence, outbox, refresher, trust, servers } = o;
  await Promise.allSettled([presence.setPaused(true), outbox.close(), refresher.close(), servers.smtp.stop(), servers.hkp.stop()]);
  await trust.close();
  o.mail.close();
}

/** What may be shown of an identity: no key leaves. */
export function toIdentity(identity: VaultIdentity, reachability: Reachability): Identity {
  const { id, address, label, colour, createdAt, keys } = identity;
  return { id, address, onion: onionOf(address), label, colour, createdAt, fingerprint: keys.fingerprint, reachability };
}
