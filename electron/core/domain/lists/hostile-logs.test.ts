import { beforeEach, describe, expect, it } from 'vitest';
import { EntryId, InstallId, type ListChange } from '../../../../shared/mailing-lists/mailing-list';
import { MemoryShelf } from '../../testing/lists/memory-shelf';
import { newRun } from '../../testing/lists/run-record';
import { installNamed, signAs, testCrypto } from '../../testing/lists/test-crypto';
import { VirtualMember, type World } from '../../testing/lists/virtual-member';
import { addressOf, listOf, POSTS_PER_DAY } from '../../testing/lists/virtual-network';
import { onionOf } from '../mail-address';
import { DAY_MS } from '../time';
import { entryStatement, type Entry } from './entry';
import { haveVector } from './have-vector';
import { isInstallLost } from './install-lost';
import { MAX_INSTALLS_BY_WORD, MAX_MEMBER_CHANGE_BYTES, MAX_MEMBER_CHANGES_PER_DAY } from './list-limits';
import { isMember } from './list-state';
import { takeEntries } from './take-entries';
import { writeEntry } from './write-entry';

const NOW = 1_780_000_000_000;
const of = listOf(addressOf(0));

let world: World;
let alice: VirtualMember;
let bob: VirtualMember;
let joins: ListChange;

/** Alice has founded the list; Bob is a member, and means no good. */
beforeEach(() => {
  world = { of, run: newRun(), fraction: () => 0.5, now: NOW, step: 0, send: () => undefined };
  alice = new VirtualMember(addressOf(0), world, true);
  bob = new VirtualMember(addressOf(1), world, false);
  joins = bob.acceptance(1);
  alice.decide(joins);
});

const bring = (entries: readonly Entry[]): void => {
  alice.receive({ from: bob.address, to: alice.address, entries });
};
const kept = (lane: 'posts' | 'ledger'): readonly Entry[] =>
  alice.shelf.entries({ author: bob.address, install: bob.install, lane, from: 0 });

/** What its author says at the same place instead. */
function rivalOf(entry: Entry): Entry {
  const body = testCrypto.toOctets('something else');
  const facts = { ...entry, length: body.length, sha256: EntryId.parse(testCrypto.sha256(body)) };
  const statement = entryStatement(facts);
  const id = EntryId.parse(testCrypto.sha256(statement));
  return { ...facts, body, statement, id, signature: signAs(onionOf(entry.author), statement) };
}

describe('a member who wants to fill the disks of others', () => {
  it('says little in the ledger, a day and in one change', () => {
    const small = testCrypto.toOctets('{}');
    bring(Array.from({ length: MAX_MEMBER_CHANGES_PER_DAY + 5 }, () => bob.write('change', small)));
    expect(kept('ledger')).toHaveLength(MAX_MEMBER_CHANGES_PER_DAY);
    bob.install = bob.newInstall();
    bring([bob.write('change', new Uint8Array(MAX_MEMBER_CHANGE_BYTES + 1))]);
    expect(kept('ledger')).toEqual([]);
  });

  it('posts nothing on days on which they were no member', () => {
    const early = Array.from({ length: 400 }, (_, day) => {
      world.now = NOW - (401 - day) * DAY_MS;
      return bob.write('post', testCrypto.toOctets(String(day)));
    });
    world.now = NOW;
    bring(early);
    expect(kept('posts')).toEqual([]);
  });

  it('forks a log of posts once', () => {
    const posts = Array.from({ length: POSTS_PER_DAY }, () => bob.write('post', testCrypto.toOctets('x')));
    bring(posts);
    for (const post of [...posts].reverse()) bring([rivalOf(post)]);
    expect(kept('posts')).toHaveLength(POSTS_PER_DAY + 1);
  });

  it('makes nobody fold the decisions anew by blocks that decide nothing', () => {
    let verified = 0;
    const crypto: typeof testCrypto = {
      ...testCrypto,
      verify: (o) => {
        verified += 1;
        return testCrypto.verify(o);
      },
    };
    const blocks = Array.from({ length: MAX_MEMBER_CHANGES_PER_DAY }, () => bob.write('block', new Uint8Array()));
    const { shelf } = alice;
    const taken = takeEntries({ of, crypto, shelf, now: NOW, state: alice.state() }, blocks);
    expect([taken.entries.length, verified]).toEqual([blocks.length, blocks.length]);
  });
});

it('who was no member yet when their clock says so dates what they write to when they were', () => {
  const { entry } = writeEntry(
    { crypto: testCrypto, shelf: bob.shelf, sign: (text) => signAs(onionOf(bob.address), text) },
    {
      ...{ list: of.list, author: bob.address, install: bob.install, kind: 'post', body: new Uint8Array([1]) },
      ...{ now: 0, since: alice.state().since.get(bob.address) ?? 0 },
    },
  );
  bring([entry]);
  expect(kept('posts')).toEqual([entry]);
});

it('an acceptance makes somebody a member once', () => {
  alice.decide({ op: 'member.remove', address: bob.address, cut: [] });
  alice.decide(joins);
  expect(isMember(alice.state(), bob.address)).toBe(false);
  alice.decide(bob.acceptance(2));
  expect(isMember(alice.state(), bob.address)).toBe(true);
});

it('a member’s word does not end our installations until none is left; two entries of one number do', () => {
  const shelf = new MemoryShelf();
  const own = { address: alice.address, install: alice.install };
  let lastSaid: Entry | undefined;
  const post = (install: InstallId): void => {
    const sign = (text: string): string => signAs(onionOf(alice.address), text);
    const said = { list: of.list, author: alice.address, install, kind: 'post' as const, body: new Uint8Array([1]) };
    const made = writeEntry({ crypto: testCrypto, shelf, sign }, { ...said, now: NOW });
    shelf.put({ ...made, isBranch: false });
    lastSaid = made.entry;
  };
  const claims = () => haveVector(shelf).map((row) => ({ ...row, next: row.next + 1 }));
  for (let count = 1; count < MAX_INSTALLS_BY_WORD; count += 1) post(InstallId.parse(installNamed(String(count))));
  post(own.install);
  expect(isInstallLost(shelf, own, claims())).toBe(false);
  takeEntries({ of, crypto: testCrypto, shelf, now: NOW, state: alice.state() }, lastSaid ? [rivalOf(lastSaid)] : []);
  expect(isInstallLost(shelf, own, [])).toBe(true);
});
