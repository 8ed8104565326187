import type { AddressCheck } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import { checkTypedAddress } from '../../domain/mail-address';
import type { Services } from '../mailbox';

/** Whether a typed text is an address, and its canonical form. */
export function checkAddress(services: Pick<Services, 'onionKeys'>, text: string): AddressCheck {
  return checkTypedAddress(text, (host) => services.onionKeys.check(host));
}

/** The address in a typed text; throws `address-invalid`. */
export function requireAddress(services: Pick<Services, 'onionKeys'>, text: string): MailAddress {
  const checked = checkAddress(services, text);
  if (checked.outcome === 'ok') return checked.address;
  throw new PosthornError(
    'address-invalid',
    `This is not a Posthorn address (${checked.problem}). Nothing was sent or saved.`,
  );
}
