import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import type { MessageId } from '../../../shared/ids';
import { campaign, campaignSeed } from '../testing/campaign';
import { SeededRandom } from '../testing/simulation/seeded-random';
import { canMakeDisks, makeSmallDisk } from '../testing/small-disk';
import { mailMigrations } from './migrations/mail-schema';
import { openDatabase } from './sql/open-database';
import { bundleScript, type ChildScript } from './testing/child-script';
import {
  type Committed,
  interruptedWork,
  type MailFile,
  openMailFile,
  type WorkName,
} from './testing/interrupted-work';
import { newIdentityId, temporaryDirectory } from './testing/store-fixtures';
import { writeEarlier } from './testing/write-earlier';

const MESSAGES = 120;
/** Of each of the five: 300 in a campaign. */
const KILLS = campaign({ short: 2, long: 60 });
const BOXES = ['inbox', 'archive', 'requests', 'trash', 'sent'] as const;
const works = Object.keys(interruptedWork) as WorkName[];
const seed = campaignSeed();

type Place = { readonly mailbox: string; readonly uid: number };

let directory: ReturnType<typeof temporaryDirectory>;
let script: ChildScript;
let file: MailFile;
beforeAll(async () => {
  directory = temporaryDirectory();
  script = bundleScript('interrupted-loop');
  const key = new Uint8Array(randomBytes(32));
  file = { path: join(directory.path, 'mail.db'), key, identityId: newIdentityId() };
  const [earlier, newest] = [base('upgrade'), base('move')];
  writeEarlier({ path: earlier, key, messages: MESSAGES });
  copyFileSync(earlier, newest);
  await interruptedWork.upgrade({ ...file, path: newest }, () => undefined);
});
afterAll(() => {
  script.remove();
  directory.remove();
});

/** The file that a work begins with. */
const base = (work: WorkName): string => join(directory.path, work === 'upgrade' ? 'earlier.db' : 'newest.db');

function begin(work: WorkName, path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  copyFileSync(base(work), path);
}

/** Where every message is. Opening it brings an older file up to date. */
function placesIn(of: MailFile): Map<MessageId, Place> {
  const store = openMailFile(of);
  const places = BOXES.flatMap((mailbox) =>
    store.mailboxes
      .entries({ mailbox, limit: 10_000 })
      .map(({ messageId, uid }): [MessageId, Place] => [messageId, { mailbox, uid }]),
  );
  store.close();
  expect(new Set(places.map(([id]) => id)).size).toBe(places.length);
  return new Map(places);
}

/** Numbers, counts and the index are what one would count, and the file is whole. */
function expectSound(of: MailFile): void {
  const store = openMailFile(of);
  for (const mailbox of BOXES) {
    const entries = store.mailboxes.entries({ mailbox, limit: 10_000 });
    const state = store.mailboxes.state(mailbox);
    expect(state).toMatchObject({
      messages: entries.length,
      unseen: entries.filter(({ seen }) => !seen).length,
      octets: entries.reduce((sum, { size }) => sum + size, 0),
    });
    const gone = store.mailboxes.expungedSince({ mailbox, modseq: 0 }) ?? [];
    const all = [...entries.map(({ uid }) => uid), ...gone];
    expect(new Set(all).size).toBe(all.length);
    for (const uid of all) expect(uid).toBeLessThan(state.uidNext);
  }
  store.close();
  const sql = openDatabase({ path: of.path, key: of.key, migrations: mailMigrations, mode: 'existing' });
  expect(sql.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  expect(sql.all('PRAGMA foreign_key_check')).toEqual([]);
  sql.exec(`INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 0)`);
  const forgotten = `SELECT row FROM mail WHERE row NOT IN (SELECT message_row FROM search_rows)
    AND row NOT IN (SELECT message_row FROM unindexed)`;
  expect(sql.all(forgotten)).toEqual([]);
  sql.close();
}

type Cut = { readonly before: ReadonlyMap<MessageId, Place>; readonly committed: readonly Committed[] };

/** What was told is so; all else is as it was, or as it was to become; and no number is another message's. */
function expectKept(of: MailFile, { before, committed }: Cut): void {
  const after = placesIn(of);
  const owners = new Map([...before].map(([id, { mailbox, uid }]) => [`${mailbox} ${String(uid)}`, id]));
  for (const [id, { mailbox, uid }] of after) expect(owners.get(`${mailbox} ${String(uid)}`) ?? id).toBe(id);
  const told = new Map(committed.flatMap(({ ids, now }) => ids.map((id) => [id, now])));
  for (const [id, place] of before) {
    const now = after.get(id);
    const was = told.get(id);
    if (was === 'gone') expect(now).toBeUndefined();
    else if (was !== undefined) expect(now?.mailbox).toBe(was);
    // What nobody was told of may have been done all the same, but only where it was asked for.
    else if (now === undefined) expect(place.mailbox).toBe('trash');
    else if (now.mailbox === place.mailbox) expect(now.uid).toBe(place.uid);
    else expect([place.mailbox, now.mailbox]).toEqual(['inbox', 'archive']);
  }
  expectSound(of);
}

/** Runs a work in a process of its own, which may be killed. `tookMs`: how long it took, when it came to its end. */
async function runApart(
  work: WorkName,
  killAfterMs?: number,
): Promise<{ told: Committed[]; tookMs: number | undefined }> {
  const { path, key, identityId } = file;
  const args = [
    work,
    path,
    Buffer.from(key).toString('hex'),
    identityId,
    killAfterMs === undefined ? '' : String(killAfterMs),
  ];
  const child = script.start(...args);
  const told: Committed[] = [];
  let tookMs: number | undefined;
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line) as Committed | { tookMs: number };
    if ('tookMs' in said) ({ tookMs } = said);
    else told.push(said);
  });
  await once(child, 'close');
  return { told, tookMs };
}

/** Does the rest: nothing more is needed than to begin it again. */
async function expectDone(work: WorkName, before: ReadonlyMap<MessageId, Place>): Promise<void> {
  await interruptedWork[work](file, () => undefined);
  expectKept(file, { before, committed: [] });
  const store = openMailFile(file);
  const left = (mailbox: 'inbox' | 'trash'): number => store.mailboxes.state(mailbox).messages;
  if (work === 'move' || work === 'bulk') expect(left('inbox')).toBe(0);
  if (work === 'expunge') expect(left('trash')).toBe(0);
  if (work === 'reindex') expect(store.search.find({ text: 'text', limit: 1_000 })).toHaveLength(MESSAGES);
  store.close();
}

describe.each(works)('%s that is cut short', (work) => {
  it(`by ${String(KILLS)} kills at any moment has lost nothing, and goes on`, async () => {
    onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
    const random = new SeededRandom(`${seed} ${work}`);
    begin(work, file.path);
    const before = placesIn(file);
    begin(work, file.path);
    let { tookMs } = await runApart(work);
    let cutShort = 0;
    for (let kill = 0; kill < KILLS || cutShort === 0; kill += 1) {
      begin(work, file.path);
      const { told, tookMs: ended } = await runApart(work, (random.below(1_000_000) * (tookMs ?? 0)) / 1_000_000);
      // The machine may have become faster since.
      if (ended === undefined) cutShort += 1;
      else tookMs = Math.min(tookMs ?? ended, ended);
      expectKept(file, { before, committed: told });
      await expectDone(work, before);
    }
  });

  it.runIf(canMakeDisks)('by a full disk says so, has lost nothing, and goes on when there is room', async () => {
    begin(work, file.path);
    const before = placesIn(file);
    const disk = makeSmallDisk(48);
    try {
      const there = { ...file, path: join(disk.path, 'mail.db') };
      begin(work, there.path);
      disk.fill();
      const told: Committed[] = [];
      const failed = interruptedWork[work](there, (committed) => void told.push(committed));
      await expect(failed).rejects.toMatchObject({ code: 'disk-full' });
      disk.free();
      expectKept(there, { before, committed: told });
      await interruptedWork[work](there, () => undefined);
      expectKept(there, { before, committed: told });
    } finally {
      disk.remove();
    }
  });
});
