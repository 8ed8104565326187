import type { Device } from '../../../shared/programs/device';
import { setDevices } from '../../state/programs';
import { askToConfirm } from '../../state/questions/confirmation';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

/** Takes onion, key and password of a device away, after a question. */
export const removeDevice = ({ core }: Services, { id, name }: Device): void => {
  const run = async (): Promise<void> => {
    const left = await tryOrTell(() => core.call('devices.remove', { programId: id }));
    if (!left) return;
    setDevices(left);
    showToast({ text: `${name} can no longer log in` });
  };
  askToConfirm({
    title: `Remove ${name}?`,
    text: 'Its onion address is gone at once, and its connections are cut off. Your mail stays here; what the device has copied stays on the device.',
    confirm: 'Remove',
    tone: 'danger',
    run: () => void run(),
  });
};
