import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest';
import { CONTENT_PIECE_BYTES } from '../domain/limits';
import { campaign, campaignSeed } from '../testing/campaign';
import { SeededRandom } from '../testing/simulation/seeded-random';
import { mailMigrations } from './migrations/mail-schema';
import { openDatabase } from './sql/open-database';
import { bundleScript } from './testing/child-script';
import type { ChildScript } from './testing/child-script';
import { countsOf, openTestStore } from './testing/store-fixtures';
import type { TestStore } from './testing/store-fixtures';

/** Kills come after one to a fifth of them, so there are some five at least. */
const MESSAGES = campaign({ short: 100, long: 300 });
const LARGE_MESSAGES = campaign({ short: 8, long: 60 });
/** Of a wire copy and of a file: five pieces each. */
const LARGE_OCTETS = 4 * CONTENT_PIECE_BYTES + 1_000;
/** Turns of the event loop in which more than one of them is received. */
const TURNS_OF_ONE = 120;
const seed = campaignSeed();

describe('a store whose process is killed while it receives', () => {
  let script: ChildScript;
  let test: TestStore;
  beforeAll(() => {
    script = bundleScript('receive-loop');
    test = openTestStore();
    test.store.close();
  });
  afterAll(() => {
    script.remove();
    test.remove();
  });

  /**
   * Runs the child until it has acknowledged `killAfter` messages, kills it, and answers all that it had acknowledged.
   */
  async function receiveUntilKilled(
    rfcMessageIds: readonly string[],
    killAfter: number,
    { octets, by }: { octets: number; by: 'acknowledged' | 'turns' } = { octets: 20_000, by: 'acknowledged' },
  ): Promise<string[]> {
    const child = script.start();
    const ended = once(child, 'close');
    const job = {
      path: test.path,
      key: Buffer.from(test.key).toString('hex'),
      identityId: test.identityId,
      rfcMessageIds,
      senders: octets > 20_000 ? 2 : 8,
      octets,
    };
    child.stdin.end(`${JSON.stringify(job)}\n`);
    const acknowledged: string[] = [];
    let turns = 0;
    createInterface(child.stdout).on('line', (line) => {
      if (line === '.') turns += 1;
      else acknowledged.push(line);
      if ((by === 'turns' ? turns : acknowledged.length) === killAfter) child.kill('SIGKILL');
    });
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    expect([code === 0, signal]).toContain(signal === null ? true : 'SIGKILL');
    return acknowledged;
  }

  it(`has every acknowledged message of ${String(MESSAGES)}, and none twice`, async () => {
    onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
    const random = new SeededRandom(seed);
    const all = Array.from({ length: MESSAGES }, (_, index) => `<${index}@sender>`);
    const acknowledged = new Set<string>();
    let kills = 0;
    while (acknowledged.size < all.length) {
      const left = all.filter((id) => !acknowledged.has(id));
      const killAfter = 1 + random.below(MESSAGES / 5);
      for (const id of await receiveUntilKilled(left, killAfter)) acknowledged.add(id);
      if (left.length > killAfter) kills += 1;
      const store = test.reopen();
      for (const id of acknowledged) expect(store.messages.reference({ rfcMessageId: id })).toBeDefined();
      store.close();
    }
    const store = test.reopen();
    const { messages } = store.messages.page({ folder: 'inbox', limit: 1_000 });
    expect(messages).toHaveLength(MESSAGES);
    expect(new Set(messages.map(({ id }) => store.messages.reference({ messageId: id })?.rfcMessageId))).toEqual(
      new Set(all),
    );
    for (const { id } of messages) expect(await store.messages.raw(id)).toHaveLength(20_000);
    expect(store.search.find({ text: 'word', limit: 1_000 })).toHaveLength(MESSAGES);
    expect(countsOf(store).inbox).toBe(MESSAGES);
    expect(kills).toBeGreaterThan(2);
  });

  it('has large messages whole or not at all, and nothing of those that came in part', async () => {
    onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
    const random = new SeededRandom(`${seed} large`);
    const idOf = (index: number): string => `<large-${index}@sender>`;
    const all = Array.from({ length: LARGE_MESSAGES }, (_, index) => idOf(index));
    const acknowledged = new Set<string>();
    const before = countsOf(test.reopen()).inbox;
    let cutShort = 0;
    // With so few kills none may fall into the middle of a message: then more come.
    while (acknowledged.size < all.length || cutShort === 0) {
      if (acknowledged.size === all.length) all.push(idOf(all.length));
      const left = all.filter((id) => !acknowledged.has(id));
      const job = { octets: LARGE_OCTETS, by: 'turns' } as const;
      const done = await receiveUntilKilled(left, 1 + random.below(TURNS_OF_ONE), job);
      for (const id of done) acknowledged.add(id);
      if (unlinked(test) > 0) cutShort += 1;
    }
    const store = test.reopen();
    expect(countsOf(store).inbox - before).toBe(all.length);
    for (const rfcMessageId of all) {
      const id = store.messages.reference({ rfcMessageId })!.messageId;
      expect(Buffer.alloc(LARGE_OCTETS, rfcMessageId).equals(await store.messages.raw(id))).toBe(true);
      const [file] = store.messages.detail(id).attachments;
      const { content } = await store.messages.attachment(id, file!.id);
      expect(Buffer.alloc(LARGE_OCTETS, `${rfcMessageId} file`).equals(content)).toBe(true);
    }
    await vi.waitFor(() => expect(unlinked(test)).toBe(0), { timeout: 60_000 });
    store.close();
    expect(read(test, 'SELECT count(*) AS n FROM contents')).toBe(2 * all.length);
    expect(read(test, 'SELECT sum(octet_length(octets)) AS n FROM content_pieces')).toBe(2 * all.length * LARGE_OCTETS);
  });
});

/** Contents that nothing links. */
function unlinked(test: TestStore): number {
  return read(test, 'SELECT count(*) AS n FROM contents WHERE is_linked = 0');
}

function read(test: TestStore, query: string): number {
  const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
  const { n } = sql.get<{ n: number }>(query)!;
  sql.close();
  return n;
}
