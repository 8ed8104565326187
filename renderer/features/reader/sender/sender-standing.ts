import type { MessageSummary } from '../../../../shared/message';
import type { Standing } from '../../../../shared/trust';
import type { ContactOf } from '../../../queries/use-contacts';

/** What is known of a message's sender now; of those who are no contact, what was known when it came. */
export const senderStanding = (
  { from, introducedBy = [] }: Pick<MessageSummary, 'from' | 'introducedBy'>,
  contactOf: ContactOf,
): Standing => {
  const contact = contactOf(from);
  if (contact !== undefined) return contact.standing;
  return introducedBy.length > 0
    ? { kind: 'introduced', path: [...introducedBy], others: 0 }
    : { kind: 'unverified', vouchedBy: [] };
};
