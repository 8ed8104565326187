import type { Acceptance, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import type { MailAddress } from '../../../../shared/ids';

/** What somebody signs who joins a list: it cannot be used for another list, address or invitation. */
export function acceptanceText(
  o: Omit<Acceptance, 'signature'> & { readonly list: MailingListId; readonly address: MailAddress },
): string {
  return [
    'Posthorn list acceptance 1',
    `list: ${o.list}`,
    `invitation: ${o.invitation}`,
    `address: ${o.address}`,
    `install: ${o.install}`,
    `at: ${String(o.at)}`,
    '',
  ].join('\n');
}
