import { setImmediate } from 'node:timers/promises';
import type { ListPlace, MessageSummary } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import type { Freeable, StorageUse } from '../../../../shared/storage-use';
import { dropHeld } from '../custody/holder/drop-held';
import type { Mailbox, Services } from '../mailbox';

/** Messages that are looked at together. */
const AT_ONCE = 20;
/** Octets of messages that are deleted in one commit: it must be short, since nothing else runs meanwhile. */
const OCTETS_AT_ONCE = 64 * 1024;

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
  if (what === 'held') await dropAllHeld(services, mailbox);
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
    const group = shortGroup(messages);
    // What arrives meanwhile stays, whatever its date says: it was not there when the person decided.
    mailbox.messages.delete(group.filter(({ storedAt }) => storedAt <= now).map(({ id }) => id));
    const last = group.at(-1);
    if (!last || (!more && group.length === messages.length)) return;
    before = { orderedAt: last.orderedAt, sequence: last.sequence };
    await setImmediate();
  }
}

/** The first of them that are small together, or one large message. */
function shortGroup(messages: readonly MessageSummary[]): readonly MessageSummary[] {
  let octets = 0;
  const past = messages.findIndex(({ size }, index) => (octets += size) > OCTETS_AT_ONCE && index > 0);
  return past < 0 ? messages : messages.slice(0, past);
}

async function dropAllHeld(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
): Promise<void> {
  for (const agreement of mailbox.custody.agreements.all().filter(({ role }) => role === 'holder'))
    await dropHeld(services, mailbox, { agreement, held: mailbox.custody.asHolder.held(agreement.id) });
}
