import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { EntryId, InvitationId, MailingListId, type WireEntry } from '../../../../shared/mailing-lists/mailing-list';
import { present } from '../../../../shared/present';
import { entryStatement, NO_ENTRY, type EntryFacts } from '../../domain/lists/entry';
import { batchTopicStart } from '../../domain/control/control-topic';
import { MAX_OPEN_INVITATIONS } from '../../domain/lists/list-limits';
import { DAY_MS } from '../../domain/time';
import {
  befriend,
  listOf,
  join,
  makePerson,
  post,
  subjects,
  untilPosts,
  type Person,
} from '../../testing/lists/list-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { SettableClock } from '../../testing/settable-clock';
import { toBase64 } from '../control/base64';
import { takeBatch } from './take-batch';
import { takeAnswer, takeInvitation } from './take-invitation';
import { newInstall } from './write-to-log';

type Batch = Extract<ControlMessage, { kind: 'list.batch' }>;

let network: LoopbackNetwork;
let clock: SettableClock;
let alice: Person;
let bob: Person;
let mallory: Person;
let list: MailingListId;

/** Alice has a list with Bob and Mallory, who is a member until she is told otherwise. */
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  alice = await makePerson({ network, clock, name: 'alice' });
  bob = await makePerson({ network, clock, name: 'bob' });
  mallory = await makePerson({ network, clock, name: 'mallory' });
  await befriend(alice, bob);
  await befriend(alice, mallory);
  ({ list } = await alice.core.call('lists.create', { identityId: alice.identity.id, name: 'Choir' }));
  await join(alice, bob, list);
});
afterAll(async () => {
  for (const { core } of [alice, bob, mallory]) await core.remove();
  await network.stop();
});

const inside = ({ core, identity }: Person) => ({
  services: core.inside.services,
  mailbox: core.inside.session.require(identity.id),
});
const crypto = () => inside(alice).services.custodyCrypto;
const install = () => newInstall(inside(alice).services);

/** An entry of this person's, signed with their onion's key. */
function entryOf(person: Person, body: Uint8Array | string, change: Partial<EntryFacts> = {}): WireEntry {
  const octets = typeof body === 'string' ? Buffer.from(body) : body;
  const statement = entryStatement({
    list,
    author: person.identity.address,
    install: install(),
    lane: 'posts',
    number: 0,
    previous: NO_ENTRY,
    at: clock.now(),
    kind: 'post',
    length: octets.length,
    sha256: EntryId.parse(crypto().digestNow(octets)),
    ...change,
  });
  const { onionSeed: seed } = inside(person).mailbox.identity();
  return { statement, signature: crypto().sign({ seed, text: statement }), body: toBase64(octets) };
}

/** What Alice does with a batch that came from this person, sealed and signed. */
function bring(from: Person, batch: Partial<Batch>): void {
  const { services, mailbox } = inside(alice);
  const contact = mailbox.contacts.find(from.identity.address)!;
  takeBatch(services, mailbox, { contact, control: { kind: 'list.batch', list, entries: [], ...batch } });
}

const logs = () => inside(alice).mailbox.lists.onShelf(list, (shelf) => shelf.logs());
const postsKept = () => logs().filter(({ lane }) => lane === 'posts').length;
const waiting = (to: Person) =>
  inside(alice).mailbox.control.queuedTo({ to: to.identity.address, topicStart: batchTopicStart(list) }).length;

describe('a batch', () => {
  it('of somebody who is no member brings nothing and fetches nothing', () => {
    const before = waiting(mallory);
    bring(mallory, { entries: [entryOf(mallory, 'Hello'), entryOf(bob, 'Hello')], have: [] });
    expect([postsKept(), waiting(mallory)]).toEqual([0, before]);
    bring(mallory, { list: MailingListId.parse('a'.repeat(52)), have: [] });
    expect(waiting(mallory)).toBe(before);
  });

  it.each([
    ['signed by another onion', () => ({ ...entryOf(mallory, 'x'), statement: entryOf(bob, 'x').statement })],
    ['of another list', () => entryOf(bob, 'x', { list: MailingListId.parse('a'.repeat(52)) })],
    ['with a wrong hash', () => entryOf(bob, 'x', { sha256: NO_ENTRY })],
    ['with another length', () => entryOf(bob, 'x', { length: 9 })],
    ['with a number near what counts no more', () => entryOf(bob, 'x', { number: 999_999_999 })],
    ['with a gap before it', () => entryOf(bob, 'x', { number: 3, previous: NO_ENTRY })],
    ['of the year 2099', () => entryOf(bob, 'x', { at: 4_070_908_800_000 })],
    ['of somebody who is no member', () => entryOf(mallory, 'x')],
    ['that is a post among decisions', () => entryOf(bob, '{}', { lane: 'ledger', kind: 'post' })],
  ])('with an entry %s keeps nothing of it', (_what, make) => {
    bring(bob, { entries: [make()] });
    expect(postsKept()).toBe(0);
  });

  it('with posts that are no mail, are by another, or to another list keeps them, and shows none', async () => {
    const of = { identityId: bob.identity.id };
    await post(bob, list, 'Good');
    await untilPosts(alice, list, 1);
    const { body } = inside(bob).mailbox.lists.onShelf(list, (shelf) => {
      const [log] = shelf.logs().filter(({ lane }) => lane === 'posts');
      return shelf.entries({ ...log!, from: 0 })[0]!;
    });
    const good = Buffer.from(body).toString('latin1');
    const { address } = (await listOf(bob, list))!;
    const before = logs().length;
    const wrong = [
      'Hello',
      '',
      good.replaceAll(bob.identity.address, alice.identity.address),
      good.replace('Good', 'Evil'),
      good.replaceAll('Good', 'Evil'),
      good.replaceAll(address, address.replace('choir', 'other')),
      good.replace(/-----BEGIN PGP SIGNATURE[^]*-----END PGP SIGNATURE-----/, ''),
    ];
    for (const text of wrong) bring(bob, { entries: [entryOf(bob, Buffer.from(text, 'latin1'))] });
    expect(logs()).toHaveLength(before + wrong.length);
    // Filed in the order of arrival: when this one is there, all others were looked at.
    await post(bob, list, 'Also good');
    expect(await untilPosts(alice, list, 2)).toEqual(['Also good', 'Good']);
    const { messages } = await alice.core.call('messages.page', {
      identityId: alice.identity.id,
      folder: 'inbox',
      limit: 9,
    });
    expect(messages).toEqual([]);
    expect(await subjects(bob, list)).toEqual(['Also good', 'Good']);
    expect(await bob.core.call('lists.invitations', of)).toEqual([]);
  });

  it('that comes again and again is shown once', async () => {
    const before = await subjects(alice, list);
    const entries = inside(bob).mailbox.lists.onShelf(list, (shelf) =>
      shelf
        .logs()
        .filter(({ lane, next }) => lane === 'posts' && next > 1)
        .flatMap((log) => [...shelf.entries({ ...log, from: 0 })]),
    );
    expect(entries.length).toBeGreaterThan(0);
    for (let count = 0; count < 5; count += 1)
      bring(bob, {
        entries: entries.map(({ statement, signature, body }) => ({ statement, signature, body: toBase64(body) })),
      });
    await post(alice, list, 'After it');
    expect(await untilPosts(alice, list, before.length + 1)).toEqual([...before, 'After it'].sort());
  });

  it('with two entries of one number is known as a fork, and nothing behind it counts', () => {
    const at = install();
    const first = (text: string) => entryOf(bob, text, { install: at });
    const [left, right] = [first('left'), first('right')];
    bring(bob, { entries: [left, right] });
    const previous = EntryId.parse(crypto().digestNow(left.statement));
    bring(bob, { entries: [entryOf(bob, 'behind', { install: at, number: 1, previous })] });
    expect(logs().find((log) => log.install === at)).toMatchObject({ next: 1, forkedAt: 0 });
  });
});

describe('a vector', () => {
  it('that claims everything gets nothing', () => {
    const rows = logs().map(({ author, install, lane, forkedAt }) => ({
      ...{ author, install, lane },
      ...{ next: 0x3fff_ffff, head: 'f'.repeat(16) },
      ...present({ forkedAt }),
    }));
    const before = waiting(bob);
    bring(bob, { have: rows, isAnswer: true });
    expect(waiting(bob)).toBe(before);
  });

  it('that asks for everything every minute is answered as far as a day allows', () => {
    const { mailbox } = inside(alice);
    const day = Math.floor(clock.now() / DAY_MS);
    bring(bob, { have: [], isAnswer: true });
    const used = mailbox.lists.peer(list, bob.identity.address)!;
    expect(used).toMatchObject({ day });
    expect(used.octets).toBeGreaterThan(5_000);
    mailbox.lists.putPeer(list, { ...used, address: bob.identity.address, octets: 1_000_000_000 });
    bring(bob, { have: [] });
    expect(mailbox.lists.peer(list, bob.identity.address)).toMatchObject({ octets: 1_000_000_000 });
    mailbox.lists.putPeer(list, { ...used, address: bob.identity.address, octets: 0 });
  });

  it('that knows more of our own log than we do ends our installation', () => {
    const { mailbox } = inside(alice);
    const own = mailbox.lists.find(list)!.install!;
    const { address: author } = alice.identity;
    const row = { author, install: own, lane: 'posts' as const, next: 99, head: 'f'.repeat(16) };
    bring(bob, { have: [row], isAnswer: true });
    expect(mailbox.lists.find(list)!.install).not.toBe(own);
  });
});

describe('an invitation', () => {
  const invite = (change: Partial<Extract<ControlMessage, { kind: 'list.invite' }>> = {}): void => {
    const { services, mailbox } = inside(bob);
    const contact = mailbox.contacts.find(alice.identity.address)!;
    takeInvitation(services, mailbox, {
      contact,
      control: {
        kind: 'list.invite',
        invitation: InvitationId.parse(services.random.uuid()),
        genesis: toBase64(mailbox.lists.find(list)!.genesis),
        expiresAt: clock.now() + DAY_MS,
        ...change,
      },
    });
  };
  const open = () => bob.core.call('lists.invitations', { identityId: bob.identity.id });

  it('that is over, or to a list that is not the contact’s own, is left aside', async () => {
    invite({ expiresAt: clock.now() });
    invite({ genesis: toBase64(Buffer.from('{"v":1}')) });
    const genesis = Buffer.from(inside(bob).mailbox.lists.find(list)!.genesis).toString();
    invite({ genesis: toBase64(Buffer.from(genesis.replaceAll(alice.identity.address, mallory.identity.address))) });
    expect(await open()).toEqual([]);
  });

  it('is answered by the one who was invited, once', async () => {
    const { services, mailbox } = inside(alice);
    const before = mailbox.lists.onShelf(list, (shelf) => shelf.logs().filter(({ lane }) => lane === 'ledger'));
    const used = mailbox.lists.invitations().find(({ peer }) => peer === bob.identity.address)!;
    expect(used).toMatchObject({ state: 'accepted' });
    const acceptance = { invitation: used.id, install: install(), at: clock.now(), signature: 'A'.repeat(86) };
    for (const from of [bob, mallory]) {
      const contact = mailbox.contacts.find(from.identity.address)!;
      takeAnswer(services, mailbox, { contact, control: { kind: 'list.answer', invitation: used.id, acceptance } });
    }
    const fresh = InvitationId.parse(services.random.uuid());
    mailbox.lists.putInvitation({ ...used, id: fresh, state: 'open', peer: mallory.identity.address });
    const contact = mailbox.contacts.find(mallory.identity.address)!;
    const control = {
      kind: 'list.answer' as const,
      invitation: fresh,
      acceptance: { ...acceptance, invitation: fresh },
    };
    takeAnswer(services, mailbox, { contact, control });
    clock.jump(31 * DAY_MS);
    takeAnswer(services, mailbox, { contact, control: { kind: 'list.answer', invitation: fresh } });
    expect(mailbox.lists.invitations().find(({ id }) => id === fresh)).toMatchObject({ state: 'open' });
    expect(mailbox.lists.onShelf(list, (shelf) => shelf.logs().filter(({ lane }) => lane === 'ledger'))).toEqual(
      before,
    );
    expect((await listOf(alice, list))!.members).toHaveLength(2);
  });

  it('is one of so many at most', async () => {
    for (let count = 0; count <= MAX_OPEN_INVITATIONS; count += 1) invite();
    expect(await open()).toHaveLength(MAX_OPEN_INVITATIONS);
  });
});

it('two lists of one name have mailboxes and addresses of their own', async () => {
  const of = { identityId: alice.identity.id };
  await alice.core.call('lists.create', { ...of, name: 'Choir' });
  const all = await alice.core.call('lists.list', of);
  expect(new Set(all.map(({ address }) => address)).size).toBe(2);
  expect(new Set(all.map(({ mailboxId }) => mailboxId)).size).toBe(2);
  await expect(alice.core.call('lists.create', { ...of, name: 'a\nb' })).rejects.toMatchObject({
    code: 'invalid-call',
  });
});
