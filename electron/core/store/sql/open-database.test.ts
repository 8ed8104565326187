import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from './migrations';
import { openDatabase } from './open-database';
import { temporaryDirectory } from '../testing/store-fixtures';

const first: Migration = { version: 1, statements: 'CREATE TABLE notes (row INTEGER PRIMARY KEY, text TEXT NOT NULL)' };
const second: Migration = {
  version: 2,
  statements: `ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'`,
};
const key = new Uint8Array(randomBytes(32));

const damaged = expect.objectContaining({ code: 'store-damaged' }) as Error;

describe('openDatabase', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let path: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    path = join(directory.path, 'test.db');
  });
  afterEach(() => directory.remove());

  const create = (migrations: readonly Migration[] = [first]) =>
    openDatabase({ path, key, migrations, mode: 'create' });
  const open = (migrations: readonly Migration[] = [first]) =>
    openDatabase({ path, key, migrations, mode: 'existing' });
  const createWithControl = (count: number): void => {
    const sql = create();
    for (let i = 0; i < count; i += 1)
      sql.run('INSERT INTO notes (text) VALUES ($text)', { text: `secret-orchard-${i}-`.repeat(40) });
    sql.close();
  };

  it('keeps what was written, encrypted, in a file for its owner only', () => {
    const sql = create();
    sql.run('INSERT INTO notes (text) VALUES ($text)', { text: 'secret-orchard' });
    for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes('secret-orchard')).toBe(false);
    expect(readFileSync(path).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    sql.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = open();
    expect(again.get('SELECT text FROM notes')).toEqual({ text: 'secret-orchard' });
    again.close();
  });

  it('waits for the disk at every commit and overwrites what is deleted', () => {
    const sql = create();
    expect(sql.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(sql.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(sql.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(sql.get('PRAGMA secure_delete')).toEqual({ secure_delete: 1 });
    sql.close();
  });

  it('refuses a wrong key and leaves the file as it is', () => {
    createWithControl(3);
    const before = readFileSync(path);
    expect(() =>
      openDatabase({ path, key: new Uint8Array(randomBytes(32)), migrations: [first], mode: 'existing' }),
    ).toThrow(damaged);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('loses nothing of the write-ahead log to a wrong key', () => {
    const sql = create();
    sql.run(`INSERT INTO notes (text) VALUES ('kept')`);
    // What a crash leaves: the commit is in the log only.
    for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${path}.crashed${suffix}`);
    sql.close();
    const crashed = { path: `${path}.crashed`, migrations: [first], mode: 'existing' as const };
    expect(() => openDatabase({ ...crashed, key: new Uint8Array(32) })).toThrow(damaged);
    const again = openDatabase({ ...crashed, key });
    expect(again.all('SELECT text FROM notes')).toEqual([{ text: 'kept' }]);
    again.close();
  });

  it('refuses a damaged header', () => {
    createWithControl(3);
    const bytes = readFileSync(path);
    bytes[20]! ^= 0xff;
    writeFileSync(path, bytes);
    expect(() => open()).toThrow(damaged);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('says so when it meets a damaged page, and never makes something up', () => {
    createWithControl(200);
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)]! ^= 0x01;
    writeFileSync(path, bytes);
    const sql = open();
    expect(() => sql.all('SELECT text FROM notes')).toThrow(damaged);
    sql.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it.each([0, 100, 4_096, 20_000])('notices a file cut to %i octets', (length) => {
    createWithControl(200);
    truncateSync(path, length);
    expect(() => {
      const sql = open();
      try {
        sql.all('SELECT text FROM notes');
      } finally {
        sql.close();
      }
    }).toThrow(damaged);
    expect(statSync(path).size).toBe(length);
  });

  it('does not begin anew where a file is missing', () => {
    expect(() => open()).toThrow(damaged);
    expect(existsSync(path)).toBe(false);
  });

  it('brings an older schema up to date, each step once', () => {
    createWithControl(1);
    const newer = open([first, second]);
    expect(newer.get('SELECT colour FROM notes')).toEqual({ colour: 'blue' });
    expect(newer.get('PRAGMA user_version')).toEqual({ user_version: 2 });
    newer.close();
    open([first, second]).close();
  });

  const broken: Migration = {
    version: 2,
    statements: 'ALTER TABLE notes ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES (1)',
  };

  it('makes a new file in all steps at once or in none', () => {
    expect(() => create([first, broken])).toThrow();
    const sql = create([]);
    expect(sql.get('PRAGMA user_version')).toEqual({ user_version: 0 });
    expect(sql.all('SELECT name FROM sqlite_master')).toEqual([]);
    sql.close();
    create([first, second]).close();
    expect(() => open([first])).toThrow(/newer version/);
  });

  it('leaves the old version whole when a step fails', () => {
    createWithControl(1);
    expect(() => open([first, broken])).toThrow();
    const sql = open();
    expect(sql.all('SELECT * FROM notes')).toHaveLength(1);
    expect(sql.get('PRAGMA user_version')).toEqual({ user_version: 1 });
    expect(Object.keys(sql.get('SELECT * FROM notes') ?? {})).toEqual(['row', 'text']);
    sql.close();
  });

  it('says before an older file is brought up to date that it may take long, and says it of no other', () => {
    const said: string[] = [];
    const migrating = () => void said.push('migrating');
    openDatabase({ path, key, migrations: [first], mode: 'create', migrating }).close();
    openDatabase({ path, key, migrations: [first], mode: 'existing', migrating }).close();
    expect(said).toEqual([]);
    const later = [first, { ...second, version: 5 }];
    openDatabase({ path, key, migrations: later, mode: 'existing', migrating }).close();
    expect(said).toEqual(['migrating']);
    openDatabase({ path, key, migrations: later, mode: 'existing', migrating }).close();
    expect(said).toEqual(['migrating']);
    expect(() => open([first, second])).toThrow(/newer version/);
  });

  it('refuses a schema from the future', () => {
    create([first, second]).close();
    expect(() => open([first])).toThrow(/newer version/);
  });

  it('says that the disk is full when the file may not grow', () => {
    const sql = create();
    const pages = sql.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    sql.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const text = 'x'.repeat(100_000);
    expect(() => sql.run('INSERT INTO notes (text) VALUES ($text)', { text })).toThrow(
      expect.objectContaining({ code: 'disk-full' }) as Error,
    );
    expect(sql.all('SELECT row FROM notes')).toEqual([]);
    sql.close();
  });

  it('answers calls after closing with «locked»', () => {
    const sql = create();
    sql.close();
    sql.close();
    expect(() => sql.all('SELECT 1')).toThrow(expect.objectContaining({ code: 'profile-locked' }) as Error);
  });
});
