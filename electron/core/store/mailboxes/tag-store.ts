import { PosthornError } from '../../../../shared/errors';
import type { Keyword } from '../../../../shared/ids';
import type { Tag } from '../../../../shared/mailbox';
import { MAX_KEYWORDS, MAX_TAGS } from '../../domain/limits';
import { foldedName } from '../../domain/mailboxes/mailbox-name';
import type { Tags } from '../../ports/storage/tags';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { placeOf } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

/** Keywords lie in rows of their own; that one was set or removed is counted by triggers of the schema. */
export function createTagStore(parts: StoreParts): Tags {
  const { sql, writer } = parts;
  return {
    all: () => readTags(sql),
    put: (tag) => writer.write((emit) => putTag(parts, tag, emit)),
    removeSome: (keyword) => writer.write((emit) => removeSome(parts, keyword, emit)),
    setKeywords: ({ messageIds, add, remove }) =>
      writer.write((emit) => {
        const rows = [...new Set(messageIds)].map((id) => placeOf(sql, id).row);
        emitMessages(
          parts,
          rows.filter((row) => change(sql, row, { add, remove })),
          emit,
        );
      }),
  };
}

function readTags(sql: SqlConnection): Tag[] {
  return sql.all<Tag>('SELECT keyword, name, colour FROM tags ORDER BY place').map((tag) => ({ ...tag }));
}

function putTag(parts: StoreParts, { keyword, name, colour }: Tag, emit: Emit): void {
  const { sql } = parts;
  const folded = foldedName(name);
  const tags = readTags(sql);
  if (tags.some((tag) => foldedName(tag.name) === folded && tag.keyword !== keyword))
    throw new PosthornError('mailbox-exists', 'There is a tag of this name already. Nothing was changed.');
  if (tags.length >= MAX_TAGS && !tags.some((tag) => tag.keyword === keyword))
    throw new PosthornError('too-many', `There can be ${MAX_TAGS} tags. Nothing was changed.`);
  sql.run(PUT, { keyword, name, folded, colour });
  emitAll(parts, emit);
}

const PUT = `INSERT INTO tags (keyword, name, folded_name, colour, place)
  VALUES ($keyword, $name, $folded, $colour, (SELECT coalesce(max(place), 0) + 1 FROM tags))
  ON CONFLICT (keyword) DO UPDATE SET name = $name, folded_name = $folded, colour = $colour`;

/** Whether the message has other keywords now. */
function change(
  sql: SqlConnection,
  row: number,
  { add, remove }: { readonly add: readonly Keyword[]; readonly remove: readonly Keyword[] },
): boolean {
  let changed = 0;
  for (const keyword of remove)
    changed += sql.run('DELETE FROM keywords WHERE message_row = $row AND keyword = $keyword', { row, keyword });
  for (const keyword of add)
    changed += sql.run('INSERT INTO keywords (message_row, keyword) VALUES ($row, $keyword) ON CONFLICT DO NOTHING', {
      row,
      keyword,
    });
  const count = sql.get<{ count: number }>('SELECT count(*) AS count FROM keywords WHERE message_row = $row', { row });
  if ((count?.count ?? 0) > MAX_KEYWORDS)
    throw new PosthornError('too-many', `A message can have ${MAX_KEYWORDS} tags. Nothing was changed.`);
  return changed > 0;
}

/** Messages that lose a tag in one commit. */
const AT_ONCE = 20;

function removeSome(parts: StoreParts, keyword: Keyword, emit: Emit): boolean {
  const { sql } = parts;
  const query = 'SELECT message_row AS row FROM keywords WHERE keyword = $keyword LIMIT $most';
  const rows = sql.all<{ row: number }>(query, { keyword, most: AT_ONCE }).map(({ row }) => row);
  for (const row of rows) change(sql, row, { add: [], remove: [keyword] });
  emitMessages(parts, rows, emit);
  if (rows.length === AT_ONCE) return true;
  if (sql.run('DELETE FROM tags WHERE keyword = $keyword', { keyword }) > 0) emitAll(parts, emit);
  return false;
}

function emitAll({ sql, identityId }: StoreParts, emit: Emit): void {
  emit({ type: 'tags.changed', identityId, tags: readTags(sql) });
}

function emitMessages({ summaries }: StoreParts, rows: readonly number[], emit: Emit): void {
  const tail = 'WHERE m.row IN (SELECT value FROM json_each($rows)) ORDER BY m.sequence';
  for (const message of summaries.select(tail, { rows: JSON.stringify(rows) }))
    emit({ type: 'message.changed', message });
}
