import type { InMailbox } from './command';
import { allEntries, slices } from './entries';

/** Messages of which the client is told at once; they are deleted in commits as short as they must be. */
const AT_ONCE = 200;

/** Deletes what is marked as deleted, of these UIDs when they are given; yields what went, piece by piece. */
export async function* expungeMarked(context: InMailbox, uids?: readonly number[]): AsyncGenerator<readonly number[]> {
  const { account, selected, session } = context;
  const mailbox = selected.mailbox.id;
  if ((account.state(mailbox)?.deleted ?? 0) === 0) return;
  for (const slice of slices(uids ?? (await marked(context)), AT_ONCE)) {
    yield await account.expunge({ mailbox, uids: slice });
    await session.client.flow();
  }
}

async function marked(context: InMailbox): Promise<number[]> {
  const uids: number[] = [];
  for await (const entries of allEntries(context))
    for (const { uid, flags } of entries) if (flags.includes('\\Deleted')) uids.push(uid);
  return uids;
}
