import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { campaign, campaignSeed } from '../testing/campaign';
import { SeededRandom } from '../testing/simulation/seeded-random';
import { bundleScript } from './testing/child-script';
import type { ChildScript } from './testing/child-script';
import { countsOf, openTestStore } from './testing/store-fixtures';
import type { TestStore } from './testing/store-fixtures';

/** Kills come after one to a fifth of them, so there are some five at least. */
const MESSAGES = campaign({ short: 100, long: 300 });
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
  async function receiveUntilKilled(rfcMessageIds: readonly string[], killAfter: number): Promise<string[]> {
    const child = script.start();
    const ended = once(child, 'close');
    const job = {
      path: test.path,
      key: Buffer.from(test.key).toString('hex'),
      identityId: test.identityId,
      rfcMessageIds,
      senders: 8,
    };
    child.stdin.end(`${JSON.stringify(job)}\n`);
    const acknowledged: string[] = [];
    createInterface(child.stdout).on('line', (line) => {
      acknowledged.push(line);
      if (acknowledged.length === killAfter) child.kill('SIGKILL');
    });
    await ended;
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
    for (const { id } of messages) expect(store.messages.raw(id)).toHaveLength(20_000);
    expect(store.search.find({ text: 'word', limit: 1_000 })).toHaveLength(MESSAGES);
    expect(countsOf(store).inbox).toBe(MESSAGES);
    expect(kills).toBeGreaterThan(2);
  });
});
