import type { Contact } from '../../../shared/contact';
import type { ContactId, IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import type { CertificationLevel } from '../../../shared/trust';
import { present } from '../../../shared/present';

/** How the person vouches: how well they checked, whether others may see it, and until when. */
export type Certify = { readonly level: CertificationLevel; readonly shared: boolean; readonly expiresAt?: number };

export type CardToVerify = {
  readonly identityId: IdentityId;
  /** What stood in the code. */
  readonly text: string;
  /** Whose card it ought to be, when the person chose somebody. */
  readonly expected?: ContactId | undefined;
  readonly name?: string;
  readonly certify: Certify;
};

/**
 * Vouches for the person of a card and puts them into the address book when they are new. Throws what the core threw.
 */
export const verifyCard = async (
  { core, mirror }: Services,
  { identityId, text, expected, name, certify }: CardToVerify,
): Promise<Contact> => {
  const contact = await core.call('contacts.verifyCard', {
    identityId,
    text,
    certify,
    ...present({ expected, name: name?.trim() || undefined }),
  });
  await mirror.contacts.put(contact);
  return contact;
};
