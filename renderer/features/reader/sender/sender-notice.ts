import type { Contact } from '../../../../shared/contact';
import type { NameOf } from '../../../queries/use-contacts';
import { isVerified, standingWords } from '../../../words/standing-words';

export type Notice = {
  readonly tone: 'info' | 'warning' | 'danger';
  readonly title: string;
  readonly sentence: string;
};

/**
 * The one thing about a sender that the user should answer before they rely on them: a doubtful key first, then a move,
 * then a scan.
 */
export const senderNotice = (contact: Contact, nameOf: NameOf): Notice | undefined => {
  const { standing, moveNotice, scannedYouAt } = contact;
  if (standing.kind === 'changed' || standing.kind === 'mismatch') {
    const { title, sentence, tone } = standingWords(standing, nameOf);
    return { tone: tone === 'danger' ? 'danger' : 'warning', title, sentence };
  }
  const name = nameOf(contact.address);
  if (moveNotice !== undefined)
    return {
      tone: 'info',
      title: `${name} says that they have moved`,
      sentence: 'Nothing changes until you follow them to the new address.',
    };
  if (scannedYouAt !== undefined && !isVerified(standing))
    return { tone: 'info', title: `${name} has scanned your code`, sentence: 'If it was them, verify them back.' };
  return undefined;
};
