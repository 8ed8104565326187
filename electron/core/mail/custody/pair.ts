import type { MailHolder } from '../../../../shared/custody';
import { defaultHoldTerms } from '../../../../shared/custody';
import { writeCardUri } from '../../domain/card-text';
import { toPairingCode } from '../../domain/custody/pairing-code';
import { SCAN_CODE_LIFETIME_MS } from '../../domain/limits';
import type { Mailbox, Services } from '../mailbox';
import { newScanCode } from '../trust/own-card';
import type { CardQuestion } from '../trust/read-card';
import { verifyCard } from '../trust/verify-contact';
import { askToHold } from './agreements';

type PairServices = Parameters<typeof verifyCard>[0] & Parameters<typeof askToHold>[0];

/**
 * The card of this machine with a code for the person's other machine. When that machine asks with the code, this one
 * agrees without asking the person. The code is valid for a day.
 */
export function pairingCode(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'scanCodes' | 'identity'>,
): { text: string } {
  const { address, keys } = mailbox.identity();
  const code = toPairingCode(newScanCode(services));
  mailbox.scanCodes.add({ code, expiresAt: services.clock.now() + SCAN_CODE_LIFETIME_MS });
  return { text: writeCardUri({ address, fingerprint: keys.fingerprint, code }) };
}

/**
 * Verifies the machine of a pairing code as if its card had been scanned, and asks it to keep mail; the code travels
 * with the question. Throws `card-refused`, `hold-refused`.
 */
export async function pairWith(
  services: PairServices,
  mailbox: Mailbox,
  o: CardQuestion & { readonly name?: string },
): Promise<MailHolder> {
  const contact = await verifyCard(services, mailbox, { ...o, certify: { level: 'positive', shared: false } });
  return askToHold(services, mailbox, { contactId: contact.id, terms: defaultHoldTerms });
}
