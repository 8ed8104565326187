import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { campaign, campaignSeed } from '../../testing/campaign';
import { SeededRandom } from '../../testing/simulation/seeded-random';
import { createMailStore } from '../mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { newestVersion } from '../sql/migrations';
import { openDatabase } from '../sql/open-database';
import { bundleScript } from '../testing/child-script';
import { BOB, newIdentityId, recorder, temporaryDirectory } from '../testing/store-fixtures';

/** The last version whose messages lay in folders. */
const EARLIER = mailMigrations.slice(
  0,
  mailMigrations.findIndex(({ statements }) => statements.includes('CREATE TABLE mailboxes')),
);
const FOLDERS = ['inbox', 'inbox', 'archive', 'requests', 'trash', 'sent'] as const;
/** A small file system of its own needs root. */
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';

const key = new Uint8Array(randomBytes(32));
const identityId = newIdentityId();
let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

/** Mail as it lay before, in the order of arrival: each number has its folder, every third was not read. */
function writeEarlier(path: string, messages: number): void {
  const sql = openDatabase({ path, key, migrations: EARLIER, mode: 'create' });
  sql.exec('BEGIN');
  for (let number = 1; number <= messages; number += 1) {
    sql.run(
      `INSERT INTO messages (id, folder, sequence, rfc_message_id, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses,
         subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
       VALUES ($id, $folder, $number, $name, $id, $BOB, '[]', '[]', '[]', $name, $preview, $date, $number, $seen, 0, $number,
         'verified', 'ok')`,
      {
        id: randomUUID(),
        folder: FOLDERS[number % FOLDERS.length]!,
        number,
        name: `<${String(number)}@b>`,
        BOB,
        preview: 'x'.repeat(200),
        date: messages - number,
        seen: Number(number % 3 > 0),
      },
    );
    sql.run(`INSERT INTO bodies (message_row, text) VALUES (last_insert_rowid(), 'text')`);
  }
  sql.run(
    `INSERT INTO messages (id, kind, folder, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject,
       preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
     VALUES ($id, 'note', 'outbox', $number, 'n', '', '[]', '[]', '[]', '', '', 1, 1, 1, 0, 0, 'own', 'own')`,
    { id: randomUUID(), number: messages + 1 },
  );
  sql.run(`UPDATE counters SET value = $last WHERE name = 'sequence'`, { last: messages + 1 });
  sql.exec('COMMIT');
  sql.close();
}

const open = (path: string) => createMailStore({ path, key, identityId, events: recorder() });

/** Every message is in the mailbox of its folder, by UID in the order of arrival. */
function expectAll(path: string, messages: number): void {
  const store = open(path);
  const numbers = Array.from({ length: messages }, (_, index) => index + 1);
  for (const folder of new Set(FOLDERS)) {
    const there = numbers.filter((number) => FOLDERS[number % FOLDERS.length] === folder);
    const entries = store.mailboxes.entries({ mailbox: folder, limit: messages + 1 });
    expect(entries.map(({ size }) => size)).toEqual(there);
    expect(entries.map(({ uid }) => uid)).toEqual(there);
    expect(entries.map(({ modseq }) => modseq)).toEqual(there);
    expect(store.mailboxes.state(folder)).toMatchObject({
      uidNext: (there.at(-1) ?? 0) + 1,
      messages: there.length,
      unseen: there.filter((number) => number % 3 === 0).length,
      octets: there.reduce((sum, number) => sum + number, 0),
    });
    expect(store.mailboxes.state(folder).highestModseq).toBeGreaterThanOrEqual(there.at(-1) ?? 0);
    expect(store.messages.page({ folder, limit: 1 }).messages[0]).toMatchObject({ folder, size: there[0] });
  }
  expect(store.mailboxes.state('outbox').messages).toBe(0);
  store.close();
}

describe('mail in folders', () => {
  it('lies in mailboxes from then on, with UIDs in the order of arrival', () => {
    const path = join(directory.path, 'mail.db');
    writeEarlier(path, 500);
    expectAll(path, 500);
    const store = open(path);
    const { id } = store.messages.page({ folder: 'inbox', limit: 1 }).messages[0]!;
    store.messages.move([id], 'archive');
    expect(store.mailboxes.state('archive').highestModseq).toBeGreaterThan(501);
    expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq: 0 })).toHaveLength(1);
    store.close();
  });

  it('is all there, in one form or the other, when the program is killed at any moment between', async () => {
    const seed = campaignSeed();
    onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
    const random = new SeededRandom(seed);
    const messages = 2_000;
    const [earlier, path] = [join(directory.path, 'earlier.db'), join(directory.path, 'mail.db')];
    writeEarlier(earlier, messages);
    const script = bundleScript('open-store');
    let unfinished = 0;
    for (let round = 0; round < campaign({ short: 8, long: 100 }); round += 1) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
      copyFileSync(earlier, path);
      const child = script.start(path, Buffer.from(key).toString('hex'), identityId);
      const ended = once(child, 'close');
      let said = '';
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString();
      });
      await once(child.stdout, 'data');
      // No event tells of the steps within a commit: any moment will do.
      const fuse = setTimeout(() => child.kill('SIGKILL'), random.below(120));
      await ended;
      clearTimeout(fuse);
      if (!said.includes('done')) unfinished += 1;
      expectAll(path, messages);
    }
    script.remove();
    expect(unfinished).toBeGreaterThan(0);
  });

  it.runIf(isRoot)('stays as it was on a full disk, and is brought over when there is room', () => {
    const disk = join(directory.path, 'disk');
    mkdirSync(disk);
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
    try {
      const path = join(disk, 'mail.db');
      writeEarlier(path, 3_000);
      execFileSync('/bin/mount', ['-o', 'remount,size=3m', disk]);
      expect(() => open(path)).toThrow(expect.objectContaining({ code: 'disk-full' }) as Error);
      const sql = openDatabase({ path, key, migrations: EARLIER, mode: 'existing' });
      expect(sql.get('SELECT count(*) AS count FROM messages')).toEqual({ count: 3_001 });
      sql.close();
      execFileSync('/bin/mount', ['-o', 'remount,size=64m', disk]);
      expectAll(path, 3_000);
    } finally {
      execFileSync('/bin/umount', [disk]);
    }
  });

  it('of a newer version is left as it is', () => {
    const path = join(directory.path, 'mail.db');
    writeEarlier(path, 5);
    const sql = openDatabase({ path, key, migrations: EARLIER, mode: 'existing' });
    sql.exec(`PRAGMA user_version = ${String(newestVersion(mailMigrations) + 1)}`);
    sql.close();
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'store-damaged' }) as Error);
    const newer = [...mailMigrations, { version: newestVersion(mailMigrations) + 1, statements: '' }];
    const again = openDatabase({ path, key, migrations: newer, mode: 'existing' });
    expect(again.get('SELECT count(*) AS count FROM messages WHERE folder IS NOT NULL')).toEqual({ count: 6 });
    again.close();
  });
});
