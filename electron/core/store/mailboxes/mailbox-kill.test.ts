import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import type { MailStore } from '../../ports/storage/mail-store';
import { campaign, campaignSeed } from '../../testing/campaign';
import { SeededRandom } from '../../testing/simulation/seeded-random';
import { bundleScript } from '../testing/child-script';
import type { ChildScript } from '../testing/child-script';
import { openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

/** One message after a commit, as the killed process told it. */
type Told = { readonly what: 'kept' | 'deleted'; readonly id: string; readonly at: readonly string[] };

const KILLS = campaign({ short: 6, long: 100 });
const seed = campaignSeed();

let script: ChildScript;
let test: TestStore;
beforeAll(() => {
  script = bundleScript('move-loop');
  test = openTestStore();
  test.store.close();
});
afterAll(() => {
  script.remove();
  test.remove();
});

async function runUntil(lines: number): Promise<Told[]> {
  const child = script.start(test.path, Buffer.from(test.key).toString('hex'), test.identityId);
  const ended = once(child, 'close');
  const told: Told[] = [];
  createInterface(child.stdout).on('line', (line) => {
    told.push(JSON.parse(line) as Told);
    if (told.length === lines) child.kill('SIGKILL');
  });
  await ended;
  return told;
}

/** What is known of a message: whose each UID is for ever, and what is there or was deleted. */
class Ledger {
  readonly owners = new Map<string, string>();
  readonly #gone = new Set<string>();
  readonly #kept = new Set<string>();

  hear({ what, id, at }: Told): void {
    (what === 'deleted' ? this.#gone : this.#kept).add(id);
    for (const place of at) this.#own(place, id);
  }

  /** What is kept is what one counts, each UID is whose it was, and every message is there once. */
  check(store: MailStore): void {
    const there: string[] = [];
    for (const { id: mailbox, specialUse } of store.mailboxes.all()) {
      const state = store.mailboxes.state(mailbox);
      const entries = store.mailboxes.entries({ mailbox, limit: 10_000 });
      expect(state).toMatchObject({
        messages: entries.length,
        unseen: entries.filter(({ seen }) => !seen).length,
        octets: entries.reduce((sum, { size }) => sum + size, 0),
      });
      for (const { uid, messageId } of entries) {
        expect(uid).toBeLessThan(state.uidNext);
        this.#own(`${specialUse ?? mailbox} ${String(uid)}`, messageId);
        there.push(messageId);
      }
      const expunged = store.mailboxes.expungedSince({ mailbox, modseq: 0 }) ?? [];
      expect(expunged.length + entries.length).toBe(state.uidNext - 1);
    }
    expect(new Set(there).size).toBe(there.length);
    this.#checkKept(there);
  }

  /** One message at most was just being deleted, and nobody was told any more. */
  #checkKept(there: readonly string[]): void {
    const missing = [...this.#kept].filter((id) => !this.#gone.has(id) && !there.includes(id));
    expect(missing.length).toBeLessThanOrEqual(1);
    for (const id of missing) this.#gone.add(id);
    expect(there.filter((id) => this.#gone.has(id))).toEqual([]);
  }

  #own(at: string, id: string): void {
    expect(this.owners.get(at) ?? id).toBe(id);
    this.owners.set(at, id);
  }
}

it('a UID is one message’s for ever, and what is kept is what one counts, however often it is killed', async () => {
  onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
  const random = new SeededRandom(seed);
  const ledger = new Ledger();
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (const told of await runUntil(1 + random.below(40))) ledger.hear(told);
    const store = test.reopen();
    ledger.check(store);
    store.close();
  }
  expect(ledger.owners.size).toBeGreaterThan(KILLS);
});
