import type { Contact } from '../../../shared/contact';
import { putMessages } from '../../mirror/apply-event';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { personName } from '../../words/address-text';

const nameOf = (contact: Contact): string => personName(contact);

export type Introduction = { readonly first: Contact; readonly second: Contact; readonly note: string };

/** Sends each of two contacts the other's card with the person's certification. Throws what the core threw. */
export const introduce = async ({ core, mirror }: Services, { first, second, note }: Introduction): Promise<void> => {
  const messages = await core.call('contacts.introduce', {
    identityId: first.identityId,
    first: first.id,
    second: second.id,
    note: note.trim(),
  });
  await putMessages(mirror, messages);
  showToast({ text: `${nameOf(first)} and ${nameOf(second)} are being introduced; see the Outbox` });
};
