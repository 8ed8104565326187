import type { MailAddress } from '../ids';
import { devicePorts, type NewDevice } from './device';

/** The key as tor keeps it in a file `*.auth_private`, and as Orbot takes it (rend-spec-v3, client authorisation). */
export function clientKeyLine({ device: { onion }, clientKey }: NewDevice): string {
  return `${onion.slice(0, -'.onion'.length)}:descriptor:x25519:${clientKey}`;
}

/** Everything that a device needs, a line each, as a code shows it. Secret. */
export function deviceText(made: NewDevice, user: MailAddress): string {
  return [
    `Server: ${made.device.onion}`,
    `IMAP port: ${String(devicePorts.imap)}`,
    `SMTP port: ${String(devicePorts.submission)}`,
    'Security: none (Tor encrypts)',
    `User name: ${user}`,
    `Password: ${made.password}`,
    `Onion key: ${clientKeyLine(made)}`,
  ].join('\n');
}
