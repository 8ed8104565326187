import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from './try-or-tell';

/** Puts text on the clipboard and says so, for example «Address copied». */
export const copyText = async (
  { shell }: Services,
  { text, said }: { readonly text: string; readonly said: string },
): Promise<void> => {
  if (await tryOrTell(() => shell.call('clipboard.write', { text }))) showToast({ text: said });
};
