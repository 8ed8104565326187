import { readThread, type ThreadAlgorithm } from '../../grammar/sort-arguments';
import { findMessages } from '../../search/find-messages';
import { threadByReferences } from '../../search/thread-by-references';
import { threadBySubject } from '../../search/thread-by-subject';
import { threadText, type ThreadNode } from '../../search/thread-node';
import type { Command, InMailbox } from '../../session/command';
import { rowPace } from '../../session/entries';
import { ok } from '../../session/tagged';
import { BADCHARSET } from './search';

/** THREAD and UID THREAD (RFC 5256 3). */
export const thread: Command = {
  state: 'selected',
  takesUid: true,
  keepsNumbers: true,
  read: (reader, { isUid }) => {
    const wanted = readThread(reader);
    return async (context) => {
      if (wanted.charset === 'unknown') return BADCHARSET;
      const { session, selected } = context;
      const roots = await threads(context, { algorithm: wanted.algorithm, uids: await findMessages(context, wanted) });
      const numberOf = (uid: number): number => (isUid ? uid : (selected.view.numberOf(uid) ?? 0));
      const { client } = session;
      client.write(`* THREAD${roots.length > 0 ? ' ' : ''}`);
      for (const piece of threadText(roots, numberOf)) {
        client.write(piece);
        await client.flow();
      }
      client.write('\r\n');
      return ok('Done');
    };
  },
};

async function threads(
  { account, selected, session }: InMailbox,
  { algorithm, uids }: { algorithm: ThreadAlgorithm; uids: readonly number[] },
): Promise<readonly ThreadNode[]> {
  const mailbox = selected.mailbox.id;
  const gather = async <T>(rowsOf: (o: { mailbox: string; uids: readonly number[] }) => readonly T[]): Promise<T[]> => {
    const rows: T[] = [];
    const pace = rowPace();
    for (const slice of pace.slices(uids)) {
      rows.push(...pace.measured(slice.length, () => rowsOf({ mailbox, uids: slice })));
      await session.client.flow();
    }
    return rows;
  };
  const rest = (): Promise<void> => session.client.flow();
  if (algorithm === 'REFERENCES') return threadByReferences(await gather((o) => account.threadRows(o)), rest);
  return threadBySubject(await gather((o) => account.sortRows(o)), rest);
}
