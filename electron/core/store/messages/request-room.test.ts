import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fingerprint, MailAddress } from '../../../../shared/ids';
import { MAX_REQUESTS, MAX_SEEN_OF_STRANGERS } from '../../domain/limits';
import type { MailStore } from '../../ports/storage/mail-store';
import { createMailStore } from '../mail-store';
import { connect } from '../sql/sql-connection';
import { BOB, contact, countsOf, openTestStore, received, saveDraft, type TestStore } from '../testing/store-fixtures';

const MIB = 1024 * 1024;
const FREE = 200 * MIB;
/** A tenth of what is free. */
const BUDGET = FREE / 10;
/** Where a transaction is written first; it is cut back to this. */
const LOG_BYTES = 16 * MIB;

let test: TestStore;
let store: MailStore;
beforeEach(() => {
  test = openTestStore();
  test.store.close();
  store = createMailStore({ ...test, freeDisk: () => FREE - sizeOf(test.path) });
});
afterEach(() => {
  store.close();
  test.remove();
});

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const onDisk = (): number => sizeOf(test.path) + sizeOf(`${test.path}-wal`);
const stranger = (number: number): MailAddress => MailAddress.parse(`s${String(number)}@${'s'.repeat(56)}.onion`);

/** About 600 kB on the wire, of words that are all different. */
const large = (from: MailAddress) =>
  received({
    folder: 'requests',
    from,
    text: randomBytes(200_000)
      .toString('hex')
      .replaceAll(/(.{6})/g, '$1 '),
    raw: new Uint8Array(randomBytes(400_000)),
  });

/** As much, without words: of those alone most of the time would go into the index. */
const wordless = (from: MailAddress) =>
  received({ folder: 'requests', from, text: '', raw: new Uint8Array(randomBytes(700_000)) });

const inRequests = () => store.messages.page({ folder: 'requests', limit: 500 }).messages;

describe('what strangers send', () => {
  it.each([false, true])('costs no more of the disk than its budget; read: %s', async (isRead) => {
    const before = onDisk();
    const outcomes: string[] = [];
    for (let number = 0; number < 40; number += 1) {
      const stored = await store.messages.receive(large(stranger(number % 10)));
      outcomes.push(stored.outcome);
      if (isRead && stored.outcome === 'stored') store.messages.setFlags([stored.summary.id], { seen: true });
    }
    expect(outcomes.slice(0, 5)).toEqual(Array(5).fill('stored'));
    expect(outcomes).toContain('no-room');
    expect(onDisk() - before).toBeLessThan(BUDGET + LOG_BYTES);
    expect(inRequests().length).toBeGreaterThan(4);
    // Contacts have room all the same.
    expect(await store.messages.receive({ ...large(stranger(1)), folder: 'inbox' })).toMatchObject({
      outcome: 'stored',
    });
  });

  it('gives way, the oldest unread of who has most, to somebody with less', async () => {
    let last;
    for (let number = 0; number < 40; number += 1) last = await store.messages.receive(wordless(stranger(0)));
    expect(last).toEqual({ outcome: 'no-room' });
    const before = inRequests();
    const oldest = before.at(-1)!;
    test.events.clear();
    const stored = await store.messages.receive(wordless(stranger(1)));
    expect(stored.outcome).toBe('stored');
    const after = inRequests().map(({ id }) => id);
    expect(after).not.toContain(oldest.id);
    expect(after).toHaveLength(before.length);
    // A refused message is not remembered: it may come again when there is room.
    const turnedAway = wordless(stranger(0));
    expect(await store.messages.receive(turnedAway)).toEqual({ outcome: 'no-room' });
    store.messages.delete(after);
    expect(await store.messages.receive(turnedAway)).toMatchObject({ outcome: 'stored' });
    // One that gave way was seen, and does not come back.
    expect(store.messages.hasReceived({ from: stranger(0), rfcMessageId: turnedAway.rfcMessageId })).toBe(true);
  });

  it(`is ${String(MAX_REQUESTS)} messages at most, read or not`, async () => {
    for (let number = 0; number < MAX_REQUESTS; number += 200) {
      const group = Array.from({ length: 200 }, (_, index) =>
        store.messages.receive(
          received({ folder: 'requests', from: stranger((number + index) % 100), text: '', raw: Buffer.of(1) }),
        ),
      );
      const ids = (await Promise.all(group)).map((each) => (each.outcome === 'stored' ? each.summary.id : undefined));
      store.messages.setFlags(
        ids.filter((id) => id !== undefined),
        { seen: true },
      );
    }
    const more = received({ folder: 'requests', from: stranger(500), text: '', raw: Buffer.of(1) });
    expect(await store.messages.receive(more)).toEqual({ outcome: 'no-room' });
    expect(countsOf(store).requests).toBe(0);
  });
});

describe('what people send who were introduced', () => {
  const introduced = (number: number, raw = 400_000) =>
    received({
      from: stranger(number),
      raw: new Uint8Array(raw),
      signer: { fingerprint: Fingerprint.parse('A'.repeat(40)), introducedBy: [BOB] },
    });

  it('leaves room for others and for contacts, however many one contact has introduced', async () => {
    const outcomes: string[] = [];
    for (let number = 0; number < 100; number += 1)
      outcomes.push((await store.messages.receive(introduced(1))).outcome);
    const first = outcomes.filter((outcome) => outcome === 'stored').length;
    expect(first).toBeGreaterThan(20);
    expect(first * 400_000).toBeLessThan(BUDGET / 2);
    for (let number = 2; number < 100; number += 1)
      for (let count = 0; count < 3; count += 1) await store.messages.receive(introduced(number));
    expect(onDisk()).toBeLessThan(BUDGET + LOG_BYTES);
    expect((await store.messages.receive(introduced(200))).outcome).toBe('no-room');
    expect((await store.messages.receive(received({ raw: new Uint8Array(400_000) }))).outcome).toBe('stored');
  });

  it('counts no more when they have become contacts; a tag makes nobody else', async () => {
    const tagged = (number: number): MailAddress => MailAddress.parse(stranger(number).replace('@', '+tag@'));
    for (let number = 0; number < 40; number += 1)
      await store.messages.receive({ ...introduced(1), from: number % 2 ? stranger(1) : tagged(1) });
    expect((await store.messages.receive({ ...introduced(1), from: tagged(1) })).outcome).toBe('no-room');
    store.contacts.add(contact({ identityId: test.identityId, address: stranger(1) }));
    for (let number = 0; number < 10; number += 1)
      expect((await store.messages.receive(introduced(2))).outcome).toBe('stored');
  });
});

it('ids of mail from strangers who became contacts are forgotten by no flood', async () => {
  const tagged = MailAddress.parse(stranger(1).replace('@', '+news@'));
  const neighbours = [stranger(11), MailAddress.parse(`s1.x@${'s'.repeat(56)}.onion`)];
  const friends = [stranger(1), tagged].map((from) => received({ folder: 'requests', from }));
  const others = neighbours.map((from) => received({ folder: 'requests', from }));
  for (const message of [...friends, ...others]) await store.messages.receive(message);
  store.contacts.add(contact({ identityId: test.identityId, address: stranger(1) }));
  store.close();
  const sql = connect(test.path);
  sql.exec(`PRAGMA key = "x'${Buffer.from(test.key).toString('hex')}'"`);
  sql.run(`INSERT INTO seen_message_ids VALUES ('x', 'newest', ${String(10 + MAX_SEEN_OF_STRANGERS)})`);
  sql.close();
  store = createMailStore({ ...test });
  await store.messages.receive(received({ folder: 'requests', from: stranger(2) }));
  expect(friends.map((message) => store.messages.hasReceived(message))).toEqual([true, true]);
  expect(others.map((message) => store.messages.hasReceived(message))).toEqual([false, false]);
});

it('a large message does not stretch the write-ahead log, which is cut back when a large write has', async () => {
  const raw = new Uint8Array(randomBytes(40 * MIB));
  expect(await store.messages.receive(received({ raw }))).toMatchObject({ outcome: 'stored' });
  expect(sizeOf(`${test.path}-wal`)).toBeLessThan(LOG_BYTES);
  expect(onDisk()).toBeGreaterThan(raw.length);
  saveDraft(store, { text: 'x'.repeat(2 * LOG_BYTES) });
  expect(sizeOf(`${test.path}-wal`)).toBeGreaterThan(LOG_BYTES);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sizeOf(`${test.path}-wal`)).toBeLessThan(LOG_BYTES);
});

it('ids of strangers’ mail are remembered, and the oldest forgotten in the end', async () => {
  const first = received({ folder: 'requests', from: stranger(1) });
  const friends = received({ folder: 'inbox' });
  await store.messages.receive(friends);
  await store.messages.receive(first);
  store.close();
  const sql = connect(test.path);
  sql.exec(`PRAGMA key = "x'${Buffer.from(test.key).toString('hex')}'"`);
  sql.run('UPDATE seen_message_ids SET stranger_order = stranger_order - $by WHERE stranger_order IS NOT NULL', {
    by: MAX_SEEN_OF_STRANGERS - 1,
  });
  sql.run(`INSERT INTO seen_message_ids VALUES ('x', 'newest', 1)`);
  sql.close();
  store = createMailStore({ ...test });
  const known = (message: typeof first) => store.messages.hasReceived(message);
  expect([known(first), known(friends)]).toEqual([true, true]);
  await store.messages.receive(received({ folder: 'requests', from: stranger(2) }));
  expect([known(first), known(friends)]).toEqual([false, true]);
});
