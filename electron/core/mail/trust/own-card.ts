import type { OwnCard } from '../../../../shared/card';
import { writeCardUri } from '../../domain/card-text';
import { SCAN_CODE_LIFETIME_MS } from '../../domain/limits';
import { publishedKey } from './published-key';
import type { Mailbox, Services } from '../mailbox';

/** 128 bits: a code cannot be guessed within its day. */
const CODE_OCTETS = 16;

/**
 * The card of an identity. `withCode`: for the screen, with a fresh one-time code; the first mail of the person who
 * scanned it proves with the code that they did.
 */
export function ownCard(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'scanCodes' | 'identity'>,
  o: { readonly withCode: boolean },
): OwnCard {
  const { address, keys } = mailbox.identity();
  const { fingerprint } = keys;
  if (!o.withCode) return { address, fingerprint, uri: writeCardUri({ address, fingerprint }) };
  const code = newScanCode(services);
  const codeExpiresAt = services.clock.now() + SCAN_CODE_LIFETIME_MS;
  mailbox.scanCodes.add({ code, expiresAt: codeExpiresAt });
  return { address, fingerprint, uri: writeCardUri({ address, fingerprint, code }), codeExpiresAt };
}

/** The vCard 4 of an identity with its address and key, under the name that the user chose for it. */
export async function ownVcard(
  services: Pick<Services, 'pgp' | 'mime'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  name: string,
): Promise<{ text: string }> {
  const { address } = mailbox.identity();
  return { text: services.mime.writeCard({ name, addresses: [address], key: await publishedKey(services, mailbox) }) };
}

/** A one-time code for a card. */
export function newScanCode({ random }: Pick<Services, 'random'>): string {
  return base64url(random.bytes(CODE_OCTETS));
}

function base64url(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
