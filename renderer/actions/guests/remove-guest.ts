import type { Guest } from '../../../shared/guests/guest';
import { setGuests } from '../../state/programs';
import { askToConfirm } from '../../state/questions/confirmation';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

/** Deletes a guest with address and mail, after a question. */
export const removeGuest = ({ core }: Services, { id, name, address }: Guest): void => {
  const run = async (): Promise<void> => {
    const left = await tryOrTell(() => core.call('guests.remove', { guestId: id, confirmAddress: address }));
    if (!left) return;
    setGuests(left);
    showToast({ text: `${name} is no longer your guest` });
  };
  askToConfirm({
    title: `Remove ${name}?`,
    text: 'Their address and all of their mail on this computer are gone for good, and nobody can bring them back. If they want to keep the address, give them its words first (posthorn guests words).',
    confirm: 'Remove',
    tone: 'danger',
    run: () => void run(),
  });
};
