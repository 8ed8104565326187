import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntryId, InstallId, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { onionOf } from '../mail-address';
import { stateOn, takeEntries } from './take-entries';
import { entryStatement, NO_ENTRY, readEntryStatement, type Entry, type EntryFacts } from './entry';
import { haveVector, missingEntries } from './have-vector';
import { isInstallLost } from './install-lost';
import { judgeEntry } from './judge-entry';
import { fetchedAfter, mayFetch } from './fetch-budget';
import { pushTargets } from './push-targets';
import { campaign } from '../../testing/campaign';
import { MemoryShelf } from '../../testing/lists/memory-shelf';
import { installNamed, signAs, testCrypto } from '../../testing/lists/test-crypto';
import { addressOf, listOf, POSTS_PER_DAY, runNetwork } from '../../testing/lists/virtual-network';
import { MAX_BATCH_ENTRIES, MAX_FETCHED_PER_DAY, MAX_LOGS_OF_AUTHOR } from './list-limits';
import { batchesOf } from './batches';
import { writeEntry } from './write-entry';
import { DAY_MS } from '../time';

const NOW = 1_780_000_000_000;
const alice = addressOf(0);
const of = listOf(alice);
const install = of.genesis.founder.install;

function post(shelf: MemoryShelf, o: { text: string; at?: number; as?: InstallId; keep?: boolean }): Entry {
  const made = writeEntry(
    { crypto: testCrypto, shelf, sign: (text) => signAs(onionOf(alice), text) },
    {
      list: of.list,
      author: alice,
      install: o.as ?? install,
      kind: 'post',
      body: testCrypto.toOctets(o.text),
      now: o.at ?? NOW,
    },
  );
  if (o.keep !== false) shelf.put({ ...made, isBranch: false });
  return made.entry;
}

const take = (shelf: MemoryShelf, entries: readonly Entry[], now = NOW) =>
  takeEntries({ of, crypto: testCrypto, shelf, now, state: stateOn({ of, crypto: testCrypto, shelf }) }, entries);

/** Signs an entry's facts anew, as its author could. */
function altered(entry: Entry, change: Partial<EntryFacts>): Entry {
  const statement = entryStatement({ ...entry, ...change });
  return { ...entry, ...change, statement, signature: signAs(onionOf(alice), statement) };
}

describe('a list of seven with loss, duplicates, crashes, restores, a forker, a flooder and a liar', () => {
  it('keeps what it promises in all runs', () => {
    for (let seed = 1; seed <= campaign({ short: 20, long: 1_000 }); seed += 1) {
      const { broken, honest } = runNetwork(seed);
      expect({ seed, broken }).toEqual({ seed, broken: [] });
      const states = honest.map((member) => member.state());
      expect(new Set(states.map(({ parent, round }) => `${parent} ${String(round)}`)).size).toBe(1);
      expect(states.every(({ gone, members }) => gone.has(addressOf(3)) && members.size === 6)).toBe(true);
      const floods = honest.flatMap(({ shelf }) => shelf.logs().filter(({ author }) => author === addressOf(5)));
      expect(Math.max(0, ...floods.map(({ posts }) => posts))).toBeLessThanOrEqual(POSTS_PER_DAY);
      // A fork is known to all honest members or to none.
      const forks = honest.map(({ shelf }) => shelf.logs().some((log) => log.forkedAt !== undefined));
      expect({ seed, forks: new Set(forks).size }).toEqual({ seed, forks: 1 });
    }
  });

  it.each([
    ['keeps-install', 'R1'],
    ['never-asks', 'B1'],
    ['files-again', 'B2'],
    ['sends-to-removed', 'K1'],
  ] as const)('is caught when a program %s', (fault, invariant) => {
    const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(seeds.some((seed) => runNetwork(seed, fault).broken.includes(invariant))).toBe(true);
  });
});

describe('an entry', () => {
  const shelf = new MemoryShelf();
  const good = post(shelf, { text: 'Hello' });
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/).map((text) => EntryId.parse(text));

  it('is read as it was written, and nothing else is', () => {
    const facts = fc.record({
      number: fc.nat({ max: 999_999_999 }),
      at: fc.nat({ max: 999_999_999_999_999 }),
      length: fc.nat({ max: 999_999_999 }),
      previous: hex,
      sha256: hex,
      kind: fc.constantFrom('post' as const, 'change' as const, 'block' as const),
      lane: fc.constantFrom('posts' as const, 'ledger' as const),
    });
    fc.assert(
      fc.property(facts, fc.nat(), (changed, at) => {
        const made = { list: of.list, author: alice, install, ...changed };
        const text = entryStatement(made);
        expect(readEntryStatement(text)).toEqual(made);
        const cut = at % text.length;
        expect(readEntryStatement(`${text.slice(0, cut)}\n${text.slice(cut)}`)).toBeUndefined();
        expect(readEntryStatement(text.slice(0, cut))).toBeUndefined();
      }),
    );
    expect(readEntryStatement(good.statement.replace('number: 0', 'number: 00'))).toBeUndefined();
    expect(readEntryStatement(good.statement.replace('number: 0', 'number: 9007199254740991'))).toBeUndefined();
  });

  it.each([
    ['another list', altered(good, { list: MailingListId.parse('a'.repeat(52)) }), 'other-list'],
    ['a post among votes', altered(good, { lane: 'ledger' }), 'wrong-lane'],
    ['another hash', altered(good, { sha256: NO_ENTRY }), 'wrong-hash'],
    ['another length', altered(good, { length: 4 }), 'wrong-hash'],
    ['another onion', altered(good, { author: addressOf(1) }), 'not-signed'],
    ['no statement', { ...good, statement: 'Hello' }, 'malformed'],
  ] as const)('is refused with %s', (_what, entry, fault) => {
    expect(judgeEntry(testCrypto, of.list, entry)).toEqual({ fault });
  });

  it('is refused by all when it is over the quota, comes from the future or goes back in time', () => {
    const author = new MemoryShelf();
    const many = Array.from({ length: POSTS_PER_DAY + 1 }, (_, index) => post(author, { text: String(index) }));
    const reader = new MemoryShelf();
    expect(take(reader, many)).toMatchObject({ refused: 1, lacks: false });
    // In pieces, on another day: the verdict is the same.
    const late = new MemoryShelf();
    for (const entry of many) take(late, [entry], NOW + 40 * DAY_MS);
    expect(late.logs()).toEqual(reader.logs());
    const future = post(new MemoryShelf(), { text: '2099', at: 4_070_908_800_000 });
    expect(take(new MemoryShelf(), [future])).toMatchObject({ entries: [], refused: 1 });
    const log = new MemoryShelf();
    const first = post(log, { text: 'one' });
    const back = altered(post(log, { text: 'two' }), { at: NOW - 1 });
    expect(take(new MemoryShelf(), [first, back])).toMatchObject({ refused: 1 });
  });

  it('waits for what comes before it', () => {
    const author = new MemoryShelf();
    const [first, second] = [post(author, { text: 'one' }), post(author, { text: 'two' })];
    const reader = new MemoryShelf();
    expect(take(reader, [second])).toMatchObject({ entries: [], lacks: true });
    expect(take(reader, [second, first]).entries.map(({ number }) => number)).toEqual([0, 1]);
    expect(take(reader, [second, first])).toMatchObject({ entries: [], lacks: false, refused: 0 });
  });

  it('of a stranger is asked about, and not kept', () => {
    const statement = entryStatement({ ...good, author: addressOf(1) });
    const stranger = { ...good, author: addressOf(1), statement, signature: signAs(onionOf(addressOf(1)), statement) };
    const reader = new MemoryShelf();
    expect(take(reader, [stranger])).toMatchObject({ entries: [], lacks: true });
    expect(reader.logs()).toEqual([]);
  });

  it('of more installations than a member may have is refused', () => {
    const reader = new MemoryShelf();
    for (let count = 0; count <= MAX_LOGS_OF_AUTHOR; count += 1)
      take(reader, [post(new MemoryShelf(), { text: 'x', as: InstallId.parse(installNamed(String(count))) })]);
    expect(reader.logs()).toHaveLength(MAX_LOGS_OF_AUTHOR);
  });
});

describe('two who compare what they have', () => {
  it('are equal after one exchange, whatever each had', () => {
    fc.assert(
      fc.property(fc.nat({ max: 15 }), fc.nat({ max: 15 }), (mine, theirs) => {
        const author = new MemoryShelf();
        const all = Array.from({ length: 15 }, (_, index) => post(author, { text: String(index) }));
        const [one, other] = [new MemoryShelf(), new MemoryShelf()];
        take(one, all.slice(0, mine));
        take(other, all.slice(0, theirs));
        take(one, [...missingEntries(other, haveVector(one))]);
        take(other, [...missingEntries(one, haveVector(other))]);
        expect(haveVector(one)).toEqual(haveVector(other));
        expect([...missingEntries(one, haveVector(other))]).toEqual([]);
      }),
    );
  });

  it('both learn of a fork, and take nothing behind it', () => {
    const author = new MemoryShelf();
    const base = post(author, { text: 'base' });
    const copy = author.copy();
    const [left, right] = [post(author, { text: 'left' }), post(copy, { text: 'right' })];
    const behind = post(copy, { text: 'behind' });
    const [one, other] = [new MemoryShelf(), new MemoryShelf()];
    take(one, [base, left]);
    take(other, [base, right]);
    const [toOne, toOther] = [[...missingEntries(other, haveVector(one))], [...missingEntries(one, haveVector(other))]];
    expect([take(one, toOne).forked, take(other, toOther).forked]).toEqual([[alice], [alice]]);
    expect([one, other].map((shelf) => shelf.logs()[0]?.forkedAt)).toEqual([1, 1]);
    expect(take(other, [behind])).toMatchObject({ entries: [], refused: 1 });
    expect([...missingEntries(other, haveVector(one)), ...missingEntries(one, haveVector(other))]).toEqual([]);
  });

  it('tell a restored member that they wrote more than they know', () => {
    const shelf = new MemoryShelf();
    post(shelf, { text: 'one' });
    const own = { address: alice, install };
    const rows = haveVector(shelf);
    expect(isInstallLost(shelf, own, rows)).toBe(false);
    expect(isInstallLost(new MemoryShelf(), own, rows)).toBe(true);
  });
});

describe('limits', () => {
  it('part what is sent into batches', () => {
    const author = new MemoryShelf();
    const entries = Array.from({ length: 3 }, (_, index) => post(author, { text: 'x'.repeat(600_000 + index) }));
    expect([...batchesOf(entries, 8)].map(({ length }) => length)).toEqual([1, 1, 1]);
    expect([...batchesOf(entries, 2)]).toHaveLength(2);
    const small = Array.from({ length: MAX_BATCH_ENTRIES + 1 }, () => entries[0]!).map((entry) => ({
      ...entry,
      body: new Uint8Array(),
    }));
    expect([...batchesOf(small, 8)].map(({ length }) => length)).toEqual([MAX_BATCH_ENTRIES, 1]);
  });

  it('end what one member may fetch in a day', () => {
    const used = fetchedAfter(undefined, { octets: MAX_FETCHED_PER_DAY, now: NOW });
    expect([mayFetch(undefined, NOW), mayFetch(used, NOW), mayFetch(used, NOW + DAY_MS)]).toEqual([true, false, true]);
  });

  it('push to all of a small list and to a few of a large one, never to oneself', () => {
    const members = (count: number) => ({
      members: new Map(
        Array.from({ length: count }, (_, index) => {
          const address = alice.replace('m0', `m${String(index)}`) as typeof alice;
          return [address, { address, role: 'member' as const }];
        }),
      ),
    });
    const targets = (count: number) => pushTargets(members(count), { self: alice, fraction: () => 0.5 });
    expect([targets(7).length, targets(64).length, targets(1_000).length]).toEqual([6, 63, 6]);
    expect(targets(7)).not.toContain(alice);
  });
});

it('a founder who decides two things at once is disputed, and nothing counts from there on', () => {
  const shelf = new MemoryShelf();
  const before = stateOn({ of, crypto: testCrypto, shelf });
  const write = (on: MemoryShelf, posting: 'anybody' | 'moderated') => {
    const sign = (text: string): string => signAs(onionOf(alice), text);
    const make = (kind: 'change' | 'block', value: unknown) => {
      const body = testCrypto.toOctets(JSON.stringify(value));
      const made = writeEntry(
        { crypto: testCrypto, shelf: on, sign },
        { list: of.list, author: alice, install, kind, body, now: NOW },
      );
      on.put({ ...made, isBranch: false });
      return made.entry;
    };
    const change = make('change', { op: 'policy.set', policy: { ...of.genesis.policy, posting } });
    const changes = [{ ...change, body: testCrypto.toBase64(change.body) }].map(({ statement, signature, body }) => ({
      statement,
      signature,
      body,
    }));
    return [change, make('block', { epoch: 0, round: before.round, parent: before.parent, changes })];
  };
  const [left, right] = [write(shelf.copy(), 'moderated'), write(shelf.copy(), 'anybody')];
  const reader = new MemoryShelf();
  expect(take(reader, left).state).toMatchObject({ isDisputed: false, policy: { posting: 'moderated' } });
  expect(take(reader, right)).toMatchObject({ forked: [alice], state: { isDisputed: true, round: 0 } });
});
