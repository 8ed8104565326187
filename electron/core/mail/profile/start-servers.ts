import { onionOf } from '../../domain/mail-address';
import type { LocalServer } from '../../ports/local-server';
import type { Mailbox, Services } from '../mailbox';
import { smtpHandler } from '../incoming/smtp-handler';
import { publishedKey } from '../trust/published-key';

export type Servers = { readonly smtp: LocalServer; readonly hkp: LocalServer };

/**
 * Starts the listeners of this identity, for mail and for questions about its key; rejects when either cannot start.
 */
export async function startServers(
  services: Services,
  mailbox: Mailbox,
  o: Parameters<typeof smtpHandler>[2],
): Promise<Servers> {
  const { address } = mailbox.identity();
  const smtp = await services.smtpListeners.start({
    name: onionOf(address),
    handler: smtpHandler(services, mailbox, o),
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

/** Resolves when all connections are closed, whatever fails. */
export async function stopServers({ smtp, hkp }: Servers): Promise<void> {
  await Promise.allSettled([smtp.stop(), hkp.stop()]);
}
