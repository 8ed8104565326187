import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
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
import { newIdentityId, recorder, temporaryDirectory } from '../testing/store-fixtures';
import { earlierFolders, earlierMigrations, writeEarlier } from '../testing/write-earlier';

/** A small file system of its own needs root. */
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';

const key = new Uint8Array(randomBytes(32));
const identityId = newIdentityId();
let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const open = (path: string) => createMailStore({ path, key, identityId, events: recorder() });

/** Every message is in the mailbox of its folder, by UID in the order of arrival. */
function expectAll(path: string, messages: number): void {
  const store = open(path);
  const numbers = Array.from({ length: messages }, (_, index) => index + 1);
  for (const folder of new Set(earlierFolders)) {
    const there = numbers.filter((number) => earlierFolders[number % earlierFolders.length] === folder);
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
    writeEarlier({ path, key, messages: 500 });
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
    writeEarlier({ path: earlier, key, messages });
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
      writeEarlier({ path, key, messages: 3_000 });
      execFileSync('/bin/mount', ['-o', 'remount,size=3m', disk]);
      expect(() => open(path)).toThrow(expect.objectContaining({ code: 'disk-full' }) as Error);
      const sql = openDatabase({ path, key, migrations: earlierMigrations, mode: 'existing' });
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
    writeEarlier({ path, key, messages: 5 });
    const sql = openDatabase({ path, key, migrations: earlierMigrations, mode: 'existing' });
    sql.exec(`PRAGMA user_version = ${String(newestVersion(mailMigrations) + 1)}`);
    sql.close();
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'store-damaged' }) as Error);
    const newer = [...mailMigrations, { version: newestVersion(mailMigrations) + 1, statements: '' }];
    const again = openDatabase({ path, key, migrations: newer, mode: 'existing' });
    expect(again.get('SELECT count(*) AS count FROM messages WHERE folder IS NOT NULL')).toEqual({ count: 6 });
    again.close();
  });
});
