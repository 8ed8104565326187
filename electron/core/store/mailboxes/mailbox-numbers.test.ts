import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Keyword, MailboxId } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { MailStore } from '../../ports/storage/mail-store';
import { campaign } from '../../testing/campaign';
import { composed, newDraft, openTestStore, received, submitted } from '../testing/store-fixtures';

type World = {
  readonly store: MailStore;
  /** The seven, and some of one's own. */
  readonly boxes: MailboxRef[];
  readonly messages: Set<MessageId>;
  readonly drafts: Set<MessageId>;
  /** Whose each UID is, by mailbox and UID: for ever. */
  readonly owners: Map<string, MessageId>;
};

type Step = (world: World, pick: number) => Promise<void> | void;

const nth = <T>(of: Iterable<T>, pick: number): T | undefined => {
  const all = [...of];
  return all[pick % Math.max(1, all.length)];
};
/** What the store refuses by its rules changes nothing, which is looked at afterwards. */
const tried = (run: () => unknown): void => {
  try {
    run();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/message-unknown|mailbox-refused/) as string });
  }
};

const steps: Readonly<Record<string, Step>> = {
  receive: async ({ store, messages }, pick) => {
    const stored = await store.messages.receive(
      received({ folder: pick % 5 === 0 ? 'requests' : 'inbox', size: pick, raw: new Uint8Array(1) }),
    );
    if (stored.outcome === 'stored') messages.add(stored.summary.id);
  },
  move: ({ store, messages, boxes }, pick) => {
    const id = nth(messages, pick);
    const box = nth(boxes, pick >> 4);
    if (id && box) tried(() => store.messages.move([id], box));
  },
  flag: ({ store, messages }, pick) => {
    const id = nth(messages, pick);
    if (id) store.messages.setFlags([id], { seen: pick % 2 === 0, flagged: pick % 3 === 0 });
  },
  keyword: ({ store, messages }, pick) => {
    const id = nth(messages, pick);
    const one = [Keyword.parse(`k${String(pick % 4)}`)];
    if (id) store.tags.setKeywords({ messageIds: [id], add: pick % 2 ? one : [], remove: pick % 2 ? [] : one });
  },
  delete: ({ store, messages }, pick) => {
    const id = nth(messages, pick);
    if (!id) return;
    tried(() => {
      store.messages.delete([id]);
      messages.delete(id);
    });
  },
  draft: ({ store, messages, drafts }) => {
    const draft = newDraft(composed());
    store.drafts.save(draft);
    messages.add(draft.id);
    drafts.add(draft.id);
  },
  write: ({ store, drafts }, pick) => {
    const id = nth(drafts, pick);
    if (id)
      tried(() => store.drafts.save({ ...newDraft(composed({ text: 'x'.repeat(pick % 50) })), id, isNew: false }));
  },
  submit: ({ store, drafts }, pick) => {
    const id = nth(drafts, pick);
    if (!id) return;
    drafts.delete(id);
    tried(() => store.outbox.submit(submitted(id)));
  },
  deliver: ({ store }, pick) => {
    const delivery = nth(store.outbox.deliveries({ unfinishedOnly: true }), pick);
    if (delivery) store.outbox.changeDelivery(delivery.id, { state: 'delivered', reason: 'none', attempts: 1 });
  },
  make: ({ store, boxes }) => {
    boxes.push(store.mailboxes.make({ id: MailboxId.parse(randomUUID()), name: randomUUID() }).id);
  },
};

/** What is kept is what one would count, and no UID has had two owners. */
function check({ store, boxes, owners }: World): void {
  for (const mailbox of boxes) {
    const state = store.mailboxes.state(mailbox);
    const entries = store.mailboxes.entries({ mailbox, limit: 10_000 });
    const shown = store.messages.page({ folder: mailbox, limit: 500 }).messages;
    expect(new Set(entries.map(({ messageId }) => messageId))).toEqual(new Set(shown.map(({ id }) => id)));
    expect(state).toMatchObject({
      messages: entries.length,
      unseen: entries.filter(({ seen }) => !seen).length,
      octets: entries.reduce((sum, { size }) => sum + size, 0),
    });
    for (const { uid, messageId, modseq } of entries) {
      expect(uid).toBeLessThan(state.uidNext);
      expect(modseq).toBeLessThanOrEqual(state.highestModseq);
      const owner = `${mailbox} ${String(uid)}`;
      expect(owners.get(owner) ?? messageId).toBe(messageId);
      owners.set(owner, messageId);
    }
    const there = new Set(entries.map(({ uid }) => uid));
    const gone = new Set(store.mailboxes.expungedSince({ mailbox, modseq: 0 }));
    for (let uid = 1; uid < state.uidNext; uid += 1) expect(there.has(uid) !== gone.has(uid), String(uid)).toBe(true);
  }
}

/** A mail program that reads only what changed comes to know what is there. */
class Follower {
  #modseq = 0;
  readonly #known = new Map<number, string>();

  follow(store: MailStore, mailbox: MailboxRef): void {
    const { highestModseq } = store.mailboxes.state(mailbox);
    for (const uid of store.mailboxes.expungedSince({ mailbox, modseq: this.#modseq }) ?? []) this.#known.delete(uid);
    const changed = store.mailboxes.entries({ mailbox, changedSince: this.#modseq, limit: 10_000 });
    for (const entry of changed) this.#known.set(entry.uid, JSON.stringify(entry));
    this.#modseq = highestModseq;
    const all = store.mailboxes.entries({ mailbox, limit: 10_000 });
    expect(new Map([...this.#known].sort(([one], [other]) => one - other))).toEqual(
      new Map(all.map((entry) => [entry.uid, JSON.stringify(entry)])),
    );
  }
}

it('numbers of mailboxes are what one would count, whatever is done, and a mail program can follow', async () => {
  const names = Object.keys(steps);
  const walk = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(10_000)), { minLength: 10, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(walk, async (done) => {
      const test = openTestStore();
      const world: World = {
        store: test.store,
        boxes: test.store.mailboxes.all().map(({ id }) => id),
        messages: new Set(),
        drafts: new Set(),
        owners: new Map(),
      };
      try {
        const followers = new Map<MailboxRef, Follower>();
        for (const [index, [name, pick]] of done.entries()) {
          await steps[name]!(world, pick);
          if (index % 5 !== 0) continue;
          check(world);
          for (const box of world.boxes) {
            const follower = followers.get(box) ?? new Follower();
            followers.set(box, follower);
            follower.follow(world.store, box);
          }
        }
        check({ ...world, store: test.reopen() });
      } finally {
        test.remove();
      }
    }),
    { numRuns: campaign({ short: 15, long: 300 }) },
  );
});
