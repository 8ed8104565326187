import type { Freeable, StorageUse } from '../../../../shared/storage-use';
import { emptyMailbox } from '../mailboxes/empty-mailbox';
import { dropHeld } from '../custody/holder/drop-held';
import type { Mailbox, Services } from '../mailbox';

/** What the identity takes on the disk, and who fills it. */
export function viewStorage(mailbox: Pick<Mailbox, 'storage' | 'identity'>): StorageUse {
  return { identityId: mailbox.identity().id, ...mailbox.storage.amounts() };
}

/**
 * Deletes all requests, the whole trash, or what is held for others, for good. Clients are told what they will not get.
 * Answers what is left. Throws `disk-full` and `store-damaged`; then a part may be deleted.
 */
export async function freeStorage(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'storage' | 'identity' | 'messages' | 'mailboxes' | 'custody' | 'control' | 'changes'>,
  what: Freeable,
): Promise<StorageUse> {
  if (what === 'held') await dropAllHeld(services, mailbox);
  else await emptyMailbox(mailbox, what);
  return viewStorage(mailbox);
}

async function dropAllHeld(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
): Promise<void> {
  for (const agreement of mailbox.custody.agreements.all().filter(({ role }) => role === 'holder'))
    await dropHeld(services, mailbox, { agreement, held: mailbox.custody.asHolder.held(agreement.id) });
}
