import { folderOf } from '../../../../shared/search/folder-names';
import { foldedName } from '../../domain/mailboxes/mailbox-name';

type Place = { readonly kind: 'in' | 'tag'; readonly name: string };

/** Levels of a mailbox that are looked for: `in:Work/2026` has two. */
const MOST_LEVELS = 10;

/**
 * What `in:` and `tag:` ask of a message `m`, as SQL; the one place that knows where mail lies. A mailbox is named as
 * the window does or in the person's language, one in another by itself or with those around it, and a tag by its name
 * or its keyword. `add` takes a value and answers its name.
 */
export function placeCondition({ kind, name }: Place, add: (value: string) => string): string {
  return kind === 'in' ? inMailbox(name, add) : hasTag(name, add);
}

function inMailbox(name: string, add: (value: string) => string): string {
  const special = folderOf(name);
  const named = mailboxesNamed(name.split('/').slice(-MOST_LEVELS), add);
  return special === undefined
    ? `m.mailbox IN (${named})`
    : `m.mailbox IN (SELECT row FROM mailboxes WHERE special_use = ${add(special)} UNION ${named})`;
}

function mailboxesNamed(levels: readonly string[], add: (value: string) => string): string {
  const [name = '', ...around] = [...levels].reverse();
  const own = `SELECT row FROM mailboxes WHERE folded_name = ${add(foldedName(name))}`;
  return around.length === 0 ? own : `${own} AND parent IN (${mailboxesNamed(around.reverse(), add)})`;
}

function hasTag(name: string, add: (value: string) => string): string {
  const keyword = add(name);
  return `m.row IN (SELECT message_row FROM keywords WHERE keyword = ${keyword}
    OR keyword IN (SELECT keyword FROM tags WHERE folded_name = ${add(foldedName(name))}))`;
}
