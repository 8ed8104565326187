import { folderOf } from '../../../../shared/search/folder-names';
import { foldedName } from '../../domain/mailboxes/mailbox-name';
import { specialRow } from '../mailboxes/mailbox-rows';

/** SQL around a value. */
type Condition = { readonly before: string; readonly value: string | number; readonly after: string };

/** What `in:` and `tag:` ask of a message `m`; the one place that knows where mail lies. */
export function placeCondition(kind: 'in' | 'tag', name: string): Condition {
  if (kind === 'tag') return { before: `m.row IN (${TAGGED} = `, value: foldedName(name), after: ')' };
  const folder = folderOf(name);
  return folder === undefined
    ? { before: 'm.mailbox IN (SELECT row FROM mailboxes WHERE folded_name = ', value: foldedName(name), after: ')' }
    : { before: 'm.mailbox = ', value: specialRow(folder), after: '' };
}

/** By the tag's name or, of a keyword that is no tag here, by that. */
const TAGGED = `SELECT k.message_row FROM keywords k LEFT JOIN tags t ON t.keyword = k.keyword
  WHERE coalesce(t.folded_name, lower(k.keyword))`;
