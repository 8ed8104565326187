import type { ListPlace } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import type { Freeable, StorageUse } from '../../../../shared/storage-use';
import { dropHeld } from '../custody/holder/drop-held';
import type { Mailbox, Services } from '../mailbox';

/** Messages that are deleted in one commit: each must be short, since nothing else runs meanwhile. */
const AT_ONCE = 20;

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
  mailbox: Pick<Mailbox, 'storage' | 'identity' | 'messages' | 'custody' | 'control' | 'changes'>,
  what: Freeable,
): Promise<StorageUse> {
  if (what === 'held') dropAllHeld(services, mailbox);
  else await deleteAll(mailbox, { folder: what, now: services.clock.now() });
  return viewStorage(mailbox);
}

async function deleteAll(
  mailbox: Pick<Mailbox, 'messages'>,
  { folder, now }: { folder: 'requests' | 'trash'; now: number },
): Promise<void> {
  let before: ListPlace | undefined;
  for (;;) {
    const { messages, more } = mailbox.messages.page({ folder, limit: AT_ONCE, ...present({ before }) });
    // What arrives meanwhile stays, whatever its date says: it was not there when the person decided.
    mailbox.messages.delete(messages.filter(({ storedAt }) => storedAt <= now).map(({ id }) => id));
    const last = messages.at(-1);
    if (!more || !last) return;
    before = { orderedAt: last.orderedAt, sequence: last.sequence };
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function dropAllHeld(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
): void {
  for (const agreement of mailbox.custody.agreements.all().filter(({ role }) => role === 'holder'))
    dropHeld(services, mailbox, { agreement, held: mailbox.custody.asHolder.held(agreement.id) });
}
