import type { MailAddress } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { localPartOf } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

export type TrustPictureFile = { readonly address: MailAddress; readonly svg: string };

/** Asks where to save the picture of the web of trust around an identity and saves it there. */
export const saveTrustPicture = async ({ shell }: Services, { address, svg }: TrustPictureFile): Promise<void> => {
  const content = new TextEncoder().encode(svg);
  const answer = await tryOrTell(() =>
    shell.call('files.save', { suggestedName: `${localPartOf(address)}-web-of-trust.svg`, content }),
  );
  if (answer?.saved) showToast({ text: 'Picture saved' });
};
