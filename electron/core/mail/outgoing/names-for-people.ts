import { OnionHost, type MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { onionOf } from '../../domain/mail-address';

type Names = { readonly inReplyTo?: string | undefined; readonly references: readonly string[] };

const AT_ONION = /^<[^@]+@([a-z2-7]{56}\.onion)>$/;

/**
 * Of what a letter says that it answers, the Message-IDs that were made at the onion of one of these `people`: its
 * writer, and whom it names in To and Cc. Others name machines, or other identities of its writer.
 */
export function namesForPeople(
  { inReplyTo, references }: Names,
  people: readonly MailAddress[],
): { readonly inReplyTo?: string; readonly references: readonly string[] } {
  const onions = new Set(people.map(onionOf));
  const mayLeave = (messageId: string): boolean => {
    const found = OnionHost.safeParse(AT_ONION.exec(messageId)?.[1]);
    return found.success && onions.has(found.data);
  };
  return {
    ...present({ inReplyTo: inReplyTo !== undefined && mayLeave(inReplyTo) ? inReplyTo : undefined }),
    references: references.filter(mayLeave),
  };
}
