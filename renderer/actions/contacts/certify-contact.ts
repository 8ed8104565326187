import type { Contact } from '../../../shared/contact';
import type { Timestamp } from '../../../shared/ids';
import type { CertificationLevel, IntroducerTrust } from '../../../shared/trust';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { personName } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

const of = ({ identityId, id }: Contact) => ({ identityId, contactId: id });
const nameOf = (contact: Contact): string => personName(contact);

/** How a certification is made; without `expiresAt` it holds until it is taken back. */
export type Certify = { readonly level: CertificationLevel; readonly shared: boolean; readonly expiresAt?: Timestamp };

/** Vouches for a contact whose fingerprint the person has compared with them. Throws what the core threw. */
export const verifyFingerprint = async (
  { core, mirror }: Services,
  { contact, certify }: { contact: Contact; certify: Certify },
): Promise<void> => {
  if (contact.fingerprint === undefined) return;
  const changed = await core.call('contacts.verifyFingerprint', {
    ...of(contact),
    fingerprint: contact.fingerprint,
    certify: { ...certify },
  });
  await mirror.contacts.put(changed);
  showToast({ text: `${nameOf(contact)} is verified` });
};

/** Takes the person's word about a contact back, and what was built on it. */
export const takeBackVerification = async ({ core, mirror }: Services, contact: Contact): Promise<void> => {
  const changed = await tryOrTell(() => core.call('contacts.revokeVerification', of(contact)));
  if (!changed) return;
  await mirror.contacts.put(changed);
  showToast({ text: `${nameOf(contact)} is no longer verified` });
};

/** Names a contact as an introducer, changes how far, or with null takes it back. Throws what the core threw. */
export const setIntroducer = async (
  { core, mirror }: Services,
  { contact, introducer }: { contact: Contact; introducer: IntroducerTrust | null },
): Promise<void> => {
  const changed = await core.call('contacts.setIntroducer', { ...of(contact), introducer });
  await mirror.contacts.put(changed);
  showToast({
    text:
      introducer === null
        ? `${nameOf(contact)} introduces nobody to you any more`
        : `${nameOf(contact)} can introduce people to you`,
  });
};

/** Believes the key that a contact's onion vouches for now. */
export const acceptKey = async ({ core, mirror }: Services, contact: Contact): Promise<void> => {
  const changed = await tryOrTell(() => core.call('contacts.acceptKey', of(contact)));
  if (!changed) return;
  await mirror.contacts.put(changed);
  showToast({ text: `The new key of ${nameOf(contact)} is accepted` });
};
