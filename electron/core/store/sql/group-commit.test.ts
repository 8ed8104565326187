import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import { createGroupCommit } from './group-commit';
import { openDatabase } from './open-database';
import type { SqlConnection } from './sql-connection';
import { temporaryDirectory } from '../testing/store-fixtures';
import { createWriter } from './transaction';

const schema = [{ version: 1, statements: 'CREATE TABLE notes (row INTEGER PRIMARY KEY, text TEXT UNIQUE NOT NULL)' }];

describe('group commit', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let sql: SqlConnection;
  let commits: number;
  beforeEach(() => {
    directory = temporaryDirectory();
    sql = openDatabase({
      path: `${directory.path}/test.db`,
      key: new Uint8Array(32),
      migrations: schema,
      mode: 'create',
    });
    commits = 0;
  });
  afterEach(() => {
    sql.close();
    directory.remove();
  });

  const begin = (over: SqlConnection = sql) =>
    createGroupCommit(createWriter({ sql: over, committed: () => void (commits += 1) }));
  const insert = (text: string) => () => sql.run('INSERT INTO notes (text) VALUES ($text)', { text });
  const count = (): unknown => sql.get('SELECT count(*) AS count FROM notes');

  it('shares one commit among all that come at once', async () => {
    const group = begin();
    await Promise.all(Array.from({ length: 200 }, (_, index) => group.add(insert(`note ${index}`))));
    expect(count()).toEqual({ count: 200 });
    expect(commits).toBe(1);
  });

  it('resolves nothing before the commit', async () => {
    const group = begin();
    const order: string[] = [];
    const waiting = group.add(() => order.push('ran')).then(() => order.push(`resolved after ${commits} commit`));
    await Promise.resolve();
    expect(order).toEqual([]);
    await waiting;
    expect(order).toEqual(['ran', 'resolved after 1 commit']);
  });

  it('keeps the neighbours of one that fails', async () => {
    const group = begin();
    const results = await Promise.allSettled(['a', 'b', 'b', 'c'].map((text) => group.add(insert(text))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { code: 'internal' } });
    expect(count()).toEqual({ count: 3 });
  });

  it('undoes all that one of them did', async () => {
    const group = begin();
    const failing = group.add(() => {
      insert('half')();
      throw new PosthornError('message-unknown', 'no');
    });
    await expect(failing).rejects.toMatchObject({ code: 'message-unknown' });
    expect(count()).toEqual({ count: 0 });
  });

  it('rejects all when the commit fails, and keeps none', async () => {
    const group = begin({
      ...sql,
      exec: (statements) => {
        if (statements === 'COMMIT') throw new PosthornError('disk-full', 'full');
        sql.exec(statements);
      },
    });
    const results = await Promise.allSettled(['a', 'b'].map((text) => group.add(insert(text))));
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'disk-full' } });
    expect(count()).toEqual({ count: 0 });
    expect(commits).toBe(0);
    await begin().add(insert('a'));
    expect(count()).toEqual({ count: 1 });
  });

  it('rejects the whole group when SQLite gave up the transaction, and goes on after it', async () => {
    const pages = sql.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    sql.exec(`PRAGMA max_page_count = ${pages + 3}`);
    const group = begin();
    const results = await Promise.allSettled([group.add(insert('small')), group.add(insert('x'.repeat(100_000)))]);
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'disk-full' } });
    const kept = results[0].status === 'fulfilled' ? 1 : 0;
    expect(count()).toEqual({ count: kept });
    await group.add(insert('next'));
    expect(count()).toEqual({ count: kept + 1 });
  });

  it('commits what waits when asked to', async () => {
    const group = begin();
    const waiting = group.add(insert('a'));
    group.flush();
    expect(count()).toEqual({ count: 1 });
    await waiting;
  });
});
