import type { SearchArguments } from '../grammar/search-arguments';
import type { SearchKey } from '../grammar/search-keys';
import { searchedMessages } from '../session/chosen-messages';
import type { InMailbox } from '../session/command';
import { entriesOf, rowPace } from '../session/entries';
import { KeyTests, type Candidate, type Need } from './key-test';

/** UIDs of what a search means, ascending. Throws `BadCommand` as `KeyTests` does. */
export async function findMessages(
  context: InMailbox,
  { key, charset }: Pick<SearchArguments, 'key' | 'charset'>,
): Promise<number[]> {
  const { needs, test } = await new KeyTests(context, charset).of(key);
  const found: number[] = [];
  const pace = rowPace();
  for (const uids of pace.slices(narrowed(context, key))) {
    pace.measured(uids.length, () => {
      for (const candidate of candidates(context, { uids, needs: new Set(needs) }))
        if (test(candidate)) found.push(candidate.uid);
    });
    await context.session.client.flow();
  }
  return found;
}

/** Where numbers or UIDs must match, only their messages are looked at. */
function narrowed(context: InMailbox, key: SearchKey): readonly number[] {
  const keys = key.key === 'and' ? key.keys : [key];
  const numbers = keys.find((each) => each.key === 'numbers' || each.key === 'uids');
  if (numbers === undefined || !('set' in numbers)) return context.selected.view.all();
  return searchedMessages(context, numbers);
}

function candidates(
  context: InMailbox,
  { uids, needs }: { uids: readonly number[]; needs: ReadonlySet<Need> },
): Candidate[] {
  const { account, selected } = context;
  const wanted = { mailbox: selected.mailbox.id, uids };
  const entries = byUid(needs.has('entry') ? entriesOf(context, uids) : []);
  const rows = byUid(needs.has('row') ? account.sortRows(wanted) : []);
  const messages = byUid(needs.has('message') ? account.messages(wanted) : []);
  return uids.map((uid) => ({ uid, entry: entries.get(uid), row: rows.get(uid), message: messages.get(uid) }));
}

function byUid<T extends { readonly uid: number }>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map((row) => [row.uid, row]));
}
