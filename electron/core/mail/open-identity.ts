import type { IdentityId } from '../../../shared/ids';
import type { Identity, Reachability } from '../../../shared/identity';
import { checkEnvelopeRecipient, checkEnvelopeSender } from '../domain/accept-policy';
import { onionOf } from '../domain/mail-address';
import type { LoopbackServer, MailStore, PublishedOnion, SmtpHandler, Vault, VaultIdentity } from '../ports';
import { Outbox, type DeliverySlots } from './deliver-outbox';
import { receiveMessage } from './receive-message';
import { renewCertification } from './renew-certification';
import type { Mailbox, Services } from './services';

/** An identity in service: its mail, its listeners, its onion and its outbox. */
export type OpenIdentity = Mailbox & {
  readonly id: IdentityId;
  readonly outbox: Outbox;
  view(): Identity;
  /** «Appear offline»: withdraws or publishes the onion; mail that is queued waits or goes. */
  setPaused(paused: boolean): Promise<void>;
  close(): Promise<void>;
};

/** Ports that peers see on the onion (PROTOCOL.md 4 and 6). */
const SMTP_PORT = 25;
const HKP_PORT = 80;

/** Opens an identity's mail and puts it into service. Throws `store-damaged`; then nothing of it is running. */
export async function openIdentity(
  services: Services,
  o: { vault: Vault; identity: VaultIdentity; slots: DeliverySlots },
): Promise<OpenIdentity> {
  const { vault, slots } = o;
  const { id } = o.identity;
  const mail = vault.openMail(o.identity);
  const identity = (): VaultIdentity => vault.identities().find((each) => each.id === id) ?? o.identity;
  const mailbox: Mailbox = { identity, mail };
  await renewCertification(services, { vault, identity: identity() });
  const servers = await startServers(services, mailbox);
  const outbox = new Outbox(services, mailbox, slots);
  const presence = createPresence(services, { mailbox, servers });
  await presence.setPaused(identity().paused);
  outbox.wake();
  return {
    ...mailbox,
    id,
    outbox,
    view: () => toIdentity(identity(), presence.reachability()),
    setPaused: (paused) => presence.setPaused(paused),
    close: () => closeAll({ presence, outbox, servers, mail }),
  };
}

type Servers = { readonly smtp: LoopbackServer; readonly hkp: LoopbackServer };

async function startServers(services: Services, mailbox: Mailbox): Promise<Servers> {
  const { address, keys } = mailbox.identity();
  const smtp = await services.smtpListeners.start({ name: onionOf(address), handler: smtpHandler(services, mailbox) });
  const hkp = await services.keyServers.start({
    address,
    fingerprint: keys.fingerprint,
    key: () => services.pgp.armorPublicKey(mailbox.identity().keys.publicKey),
  });
  return { smtp, hkp };
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

type Presence = { reachability(): Reachability; setPaused(paused: boolean): Promise<void> };

function createPresence(services: Services, o: { mailbox: Mailbox; servers: Servers }): Presence {
  let published: PublishedOnion | undefined;
  const reachability = (): Reachability => published?.state() ?? 'paused';
  const announce = (): void => {
    services.events.publish({ type: 'identity.changed', identity: toIdentity(o.mailbox.identity(), reachability()) });
  };
  return {
    reachability,
    setPaused: async (paused) => {
      const before = published;
      if (paused) {
        published = undefined;
        await before?.withdraw();
      } else {
        published ??= publish(services, o);
        if (!before) published.onState(announce);
      }
      announce();
    },
  };
}

function publish(services: Services, o: { mailbox: Mailbox; servers: Servers }): PublishedOnion {
  return services.onion.publish({
    seed: o.mailbox.identity().onionSeed,
    ports: [
      { virtualPort: SMTP_PORT, targetPort: o.servers.smtp.port },
      { virtualPort: HKP_PORT, targetPort: o.servers.hkp.port },
    ],
  });
}

async function closeAll(o: { presence: Presence; outbox: Outbox; servers: Servers; mail: MailStore }): Promise<void> {
  await o.presence.setPaused(true);
  await Promise.all([o.outbox.close(), o.servers.smtp.stop(), o.servers.hkp.stop()]);
  o.mail.close();
}

/** What may be shown of an identity: no key leaves. */
export function toIdentity(identity: VaultIdentity, reachability: Reachability): Identity {
  const { id, address, label, colour, createdAt, keys } = identity;
  return { id, address, onion: onionOf(address), label, colour, createdAt, fingerprint: keys.fingerprint, reachability };
}
