import type { MessageSummary } from '../../../../shared/message';
import { signerStanding, type SignerStanding } from '../../../../shared/signer-standing';
import type { ContactOf } from '../../../queries/use-contacts';

/** What is known of the key that signed a message; of those who are no contact, what was known when it came. */
export const senderStanding = (
  message: Pick<MessageSummary, 'from' | 'introducedBy' | 'signedBy' | 'signerRevoked'>,
  contactOf: ContactOf,
): SignerStanding => signerStanding(message, contactOf(message.from));
