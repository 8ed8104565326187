import type { IdentityId, MailAddress } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { localPartOf } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

export type CardPicture = {
  readonly address: MailAddress;
  readonly ending: 'svg' | 'png';
  readonly content: Uint8Array<ArrayBuffer>;
};

/** Asks where to save the picture of a card's code and saves it there. */
export const saveCardPicture = async (
  { shell }: Services,
  { address, ending, content }: CardPicture,
): Promise<void> => {
  const answer = await tryOrTell(() =>
    shell.call('files.save', { suggestedName: `${localPartOf(address)}-card.${ending}`, content }),
  );
  if (answer?.saved) showToast({ text: 'Card saved' });
};

/** Saves the card as a vCard 4 with this name on it, which may be empty. */
export const saveVcard = async (
  { core, shell }: Services,
  {
    identityId,
    address,
    name,
  }: { readonly identityId: IdentityId; readonly address: MailAddress; readonly name: string },
): Promise<void> => {
  const answer = await tryOrTell(async () => {
    const { text } = await core.call('cards.vcard', { identityId, name: name.trim() });
    return shell.call('files.save', {
      suggestedName: `${localPartOf(address)}.vcf`,
      content: new TextEncoder().encode(text),
    });
  });
  if (answer?.saved) showToast({ text: 'vCard saved' });
};

/** Prints what the print styles leave of the page: the card that is made ready for it. */
export const printCard = async ({ shell }: Services): Promise<void> => {
  await tryOrTell(() => shell.call('page.print', {}));
};
