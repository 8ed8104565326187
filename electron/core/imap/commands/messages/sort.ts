import type { ImapSortRow } from '../../../ports/imap';
import { readSort, type SortCriterion } from '../../grammar/sort-arguments';
import { findMessages } from '../../search/find-messages';
import { numbersOf } from '../../search/search-answer';
import { sortRows } from '../../search/sort-rows';
import type { Command } from '../../session/command';
import { rowPace } from '../../session/entries';
import { ok } from '../../session/tagged';
import { BADCHARSET } from './search';

/** SORT and UID SORT (RFC 5256 3). */
export const sort: Command = {
  state: 'selected',
  takesUid: true,
  keepsNumbers: true,
  read: (reader, { isUid }) => {
    const wanted = readSort(reader);
    return async (context) => {
      if (wanted.charset === 'unknown') return BADCHARSET;
      const { session, account, selected } = context;
      const rows: ImapSortRow[] = [];
      const pace = rowPace();
      for (const uids of pace.slices(await findMessages(context, wanted))) {
        rows.push(...pace.measured(uids.length, () => account.sortRows({ mailbox: selected.mailbox.id, uids })));
        await session.client.flow();
      }
      const sorted = await sortRows(rows, { compare: byCriteria(wanted.criteria), rest: () => session.client.flow() });
      const uids = sorted.map(({ uid }) => uid);
      session.client.tell(['SORT', ...numbersOf(context, { uids, isUid })].join(' '));
      return ok('Done');
    };
  },
};

function byCriteria(criteria: readonly SortCriterion[]): (one: ImapSortRow, other: ImapSortRow) => number {
  return (one, other) => {
    for (const { by, isReverse } of criteria) {
      const order = compareBy(by, { one, other });
      if (order !== 0) return isReverse ? -order : order;
    }
    return one.uid - other.uid;
  };
}

function compareBy(by: SortCriterion['by'], { one, other }: { one: ImapSortRow; other: ImapSortRow }): number {
  const fields = {
    ARRIVAL: 'arrival',
    CC: 'cc',
    DATE: 'date',
    FROM: 'from',
    SIZE: 'size',
    SUBJECT: 'subject',
    TO: 'to',
  } as const;
  const field = fields[by];
  if (one[field] === other[field]) return 0;
  return one[field] < other[field] ? -1 : 1;
}
