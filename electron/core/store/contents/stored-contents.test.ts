import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONTENT_PIECE_BYTES, MAX_WHOLE_CONTENT_BYTES } from '../../domain/limits';
import { standstill } from '../../testing/standstill';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import { countsOf, newAttachmentId, openTestStore, received, type TestStore } from '../testing/store-fixtures';
import { createWriter } from '../sql/transaction';
import { createTurns } from '../sql/turns';
import { Chores } from '../sql/chores';
import { keepContent } from './keep-content';
import { StoredContents } from './stored-contents';
import { unlinkedContents } from './unlinked-contents';

const MIB = 1024 * 1024;
const FILE_BYTES = 25 * MIB;

let test: TestStore;
let sql: SqlConnection;
beforeEach(() => {
  test = openTestStore();
  sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
});
afterEach(() => {
  sql.close();
  test.remove();
});

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
/** Waits for what is freed in the background. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}
const number = (query: string): number => sql.get<{ n: number }>(query)?.n ?? 0;
const contents = (): number => number('SELECT count(*) AS n FROM contents');
const pieces = (): number => number('SELECT count(*) AS n FROM content_pieces');

/** The parts of a store on a connection that counts the octets which go through it in one turn of the event loop. */
function parts(freeDisk = 10 * FILE_BYTES) {
  let octets = 0;
  let most = 0;
  let isWatching = true;
  const count = (values: object | undefined): void => {
    for (const value of Object.values(values ?? {})) if (value instanceof Uint8Array) octets += value.length;
    most = Math.max(most, octets);
  };
  const counted: SqlConnection = {
    ...sql,
    run: (query, parameters?: SqlParameters) => {
      count(parameters);
      // What is deleted is overwritten.
      const piece = query.startsWith('DELETE FROM content_pieces') ? parameters : undefined;
      if (piece) count({ piece: sql.get<{ octets: Uint8Array<ArrayBuffer> }>(SELECT_PIECE, piece)?.octets });
      return sql.run(query, parameters);
    },
    get: (query, parameters) => {
      const row = sql.get(query, parameters);
      count(row);
      return row as never;
    },
  };
  const next = (): void => {
    octets = 0;
    if (isWatching) setImmediate(next);
  };
  next();
  const writer = createWriter({ sql: counted, committed: () => undefined });
  const turns = createTurns();
  const stored = new StoredContents({
    sql: counted,
    writer,
    turns,
    freeDisk: () => freeDisk,
    released: () => {
      chores.wake();
    },
  });
  const chores = new Chores({ writer, turns, chores: [unlinkedContents(counted, () => stored.inHand())] });
  return {
    stored,
    writer,
    chores,
    mostOctetsOfOneTurn: () => {
      isWatching = false;
      return most;
    },
  };
}

const SELECT_PIECE = 'SELECT octets FROM content_pieces WHERE row = $row';

describe('a large content', () => {
  it('is written, read and deleted with no more than two pieces in one turn, whatever else comes at the same time', async () => {
    const { stored, writer, chores, mostOctetsOfOneTurn } = parts();
    const files = [8 * MIB, 3 * MIB, 3 * MIB].map((size) => new Uint8Array(randomBytes(size)));
    const kept = await Promise.all(
      files.map((octets) => stored.stage(octets, (content) => writer.write(() => keepContent(sql, content)))),
    );
    const read = await Promise.all(kept.map((value) => stored.read(value)));
    for (const [index, octets] of read.entries()) expect(Buffer.compare(octets, files[index]!)).toBe(0);
    sql.run('UPDATE contents SET is_linked = 0');
    await chores.idle();
    expect([contents(), pieces()]).toEqual([0, 0]);
    expect(mostOctetsOfOneTurn()).toBeLessThanOrEqual(2 * CONTENT_PIECE_BYTES);
  });

  it('shares a commit with others while they are small', async () => {
    const { stored, mostOctetsOfOneTurn } = parts();
    const commits = vi.spyOn(sql, 'exec');
    const small = Array.from({ length: 100 }, (_, index) => new Uint8Array(randomBytes(index * 100)));
    await stored.stageAll(small, async (staged) => {
      const rows = staged.map((each) => keepContent(sql, each));
      for (const [index, row] of rows.entries()) expect(Buffer.compare(await stored.read(row), small[index]!)).toBe(0);
    });
    expect(contents()).toBe(100);
    expect(commits).not.toHaveBeenCalled();
    expect(mostOctetsOfOneTurn()).toBeLessThanOrEqual(CONTENT_PIECE_BYTES);
  });

  it('leaves nothing when it is not used, when its use fails, and when the disk fills up meanwhile', async () => {
    const { stored, chores, writer } = parts();
    const octets = new Uint8Array(randomBytes(2 * MIB));
    await stored.stage(octets, () => undefined);
    await expect(stored.stage(octets, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await chores.idle();
    expect([contents(), pieces()]).toEqual([0, 0]);
    sql.exec(`PRAGMA max_page_count = ${String(number('SELECT page_count AS n FROM pragma_page_count') + 1)}`);
    const large = new Uint8Array(randomBytes(8 * MIB));
    await expect(stored.stage(large, (content) => writer.write(() => keepContent(sql, content)))).rejects.toMatchObject(
      {
        code: 'disk-full',
      },
    );
    await chores.idle();
    expect([contents(), pieces()]).toEqual([0, 0]);
  });

  it('is refused before anything is written where the disk has no room for it', async () => {
    const { stored, writer } = parts(FILE_BYTES);
    const writes = vi.spyOn(writer, 'write');
    await expect(stored.stage(new Uint8Array(FILE_BYTES), () => undefined)).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(writes).not.toHaveBeenCalled();
  });

  it('is linked once', async () => {
    const { stored, writer } = parts();
    const octets = new Uint8Array(MAX_WHOLE_CONTENT_BYTES + 1);
    await stored.stage(octets, (content) => {
      writer.write(() => keepContent(sql, content));
      expect(() => writer.write(() => keepContent(sql, content))).toThrow(
        expect.objectContaining({ code: 'internal' }) as Error,
      );
    });
  });
});

describe('a message with a large file', () => {
  const large = (size = 2 * MIB) => {
    const kind = { id: newAttachmentId(), filename: 'film.mp4', contentType: 'video/mp4', inline: false };
    const content = new Uint8Array(randomBytes(size));
    return received({ raw: new Uint8Array(randomBytes(size)), attachments: [{ ...kind, content }] });
  };

  it('of 25 MB lets everything else go on while it is stored, read and deleted', async () => {
    const { store } = test;
    const message = large(FILE_BYTES);
    const [file] = message.attachments;
    const small = received({ raw: new Uint8Array(randomBytes(CONTENT_PIECE_BYTES)) });
    const control = await standstill(() => store.messages.receive(small));
    const most = Math.max(50, 5 * control.worstMs);
    expect((await standstill(() => store.messages.receive(message))).worstMs).toBeLessThan(most);
    const { value, worstMs } = await standstill(() => store.messages.attachment(message.id, file!.id));
    expect(Buffer.compare(value.content, file!.content)).toBe(0);
    expect(worstMs).toBeLessThan(most);
    store.messages.move([message.id, small.id], 'trash');
    const freed = await standstill(async () => {
      store.messages.delete([message.id, small.id]);
      await until(() => contents() === 0);
    });
    expect(freed.worstMs).toBeLessThan(most);
    expect(pieces()).toBe(0);
  });

  it('is whole for whoever reads it while it is deleted', async () => {
    const { store } = test;
    const message = large();
    await store.messages.receive(message);
    store.messages.move([message.id], 'trash');
    const reading = store.messages.raw(message.id);
    store.messages.delete([message.id]);
    expect(Buffer.compare(await reading, message.raw)).toBe(0);
    await expect(store.messages.raw(message.id)).rejects.toMatchObject({ code: 'message-unknown' });
    await until(() => contents() === 0);
  });

  it('is stored once when it comes twice at the same time', async () => {
    const { store } = test;
    const message = large();
    const again = { ...large(), rfcMessageId: message.rfcMessageId, from: message.from };
    const outcomes = await Promise.all([message, again].map((each) => store.messages.receive(each)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'stored']);
    await until(() => number('SELECT count(*) AS n FROM contents WHERE is_linked = 0') === 0);
    expect(contents()).toBe(2);
  });

  it('is no trouble for a file that is closed meanwhile: nothing of it is left after the next start', async () => {
    const receiving = expect(test.store.messages.receive(large())).rejects.toMatchObject({ code: 'profile-locked' });
    await until(() => pieces() >= 5);
    test.store.close();
    await receiving;
    const again = test.reopen();
    await until(() => contents() === 0);
    expect(countsOf(again).inbox).toBe(0);
  });
});
