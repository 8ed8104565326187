import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { INDEX_STEP_ROWS } from '../../domain/limits';
import { campaign, campaignSeed } from '../../testing/campaign';
import { SeededRandom } from '../../testing/simulation/seeded-random';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { bundleScript } from '../testing/child-script';
import type { ChildScript } from '../testing/child-script';
import { NOW, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const MESSAGES = 20 * INDEX_STEP_ROWS;
const KILLS = campaign({ short: 6, long: 60 });
const seed = campaignSeed();

let script: ChildScript;
let test: TestStore;
beforeAll(async () => {
  script = bundleScript('index-loop');
  test = openTestStore();
  const all = Array.from({ length: MESSAGES }, (_, index) =>
    received({ text: 'harvest '.repeat(200), date: NOW + index }),
  );
  await Promise.all(all.map((message) => test.store.messages.receive(message)));
  test.store.close();
});
afterAll(() => {
  script.remove();
  test.remove();
});

const open = () => openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });

/** As a file is in the middle of its way from an earlier version. */
function forget(): void {
  const sql = open();
  sql.exec(
    'DELETE FROM search_index; DELETE FROM search_rows; INSERT INTO unindexed (message_row) SELECT row FROM mail',
  );
  sql.close();
}

async function indexUntilKilled(steps: number): Promise<void> {
  const child = script.start();
  const ended = once(child, 'close');
  const { path, identityId } = test;
  child.stdin.end(`${JSON.stringify({ path, key: Buffer.from(test.key).toString('hex'), identityId })}\n`);
  let seen = 0;
  createInterface(child.stdout).on('line', () => {
    seen += 1;
    if (seen === steps) child.kill('SIGKILL');
  });
  await ended;
}

it(`finds every message once after ${String(KILLS)} kills in the middle of indexing`, async () => {
  onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
  const random = new SeededRandom(seed);
  for (let kill = 0; kill < KILLS; kill += 1) {
    forget();
    await indexUntilKilled(1 + random.below(10));
    const store = test.reopen();
    expect(store.search.isIndexed()).toBe(false);
    while (store.search.indexRest());
    const found = store.search.find({ text: 'harvest', limit: MESSAGES + 1 });
    expect(found).toEqual(store.messages.page({ folder: 'inbox', limit: MESSAGES + 1 }).messages);
    store.close();
    const sql = open();
    sql.exec(`INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 0)`);
    expect(sql.get('SELECT count(*) AS left FROM unindexed')).toEqual({ left: 0 });
    sql.close();
  }
});
