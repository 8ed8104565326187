import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgreementId } from '../../../../shared/ids';
import type { MailStore } from '../../ports/storage/mail-store';
import { copyMail } from '../backup/backup-copy';
import { createMailStore } from '../mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { agreement, digestOf, holding, newAgreementId, newCustodyId, newHash } from '../testing/custody-fixtures';
import { CAROL, newIdentityId, NOW, openTestStore, recorder } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import { MAX_TOKENS } from '../../domain/custody-limits';

const MIB = 1024 * 1024;
const octets = (length: number): Uint8Array => new Uint8Array(length).fill(7);

describe('mail held for a client', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => test.remove());

  const agreed = (o: Parameters<typeof agreement>[0] = {}, tokens: readonly Uint8Array[] = []): AgreementId => {
    const made = agreement(o);
    store.custody.agreements.put(made);
    if (tokens.length > 0) store.custody.asHolder.putTokens({ agreementId: made.id, issuedAt: NOW, hashes: tokens });
    return made.id;
  };
  const tokens = (count: number): Uint8Array[] => Array.from({ length: count }, newHash);

  it('is kept for one token, and told once for many of one commit', async () => {
    const list = tokens(3);
    const id = agreed({}, list);
    test.events.clear();
    const mails = list.map((token, index) => holding(id, token, octets(10 + index)));
    const outcomes = await Promise.all(mails.map((mail) => store.custody.asHolder.hold(mail)));
    expect(outcomes).toEqual(mails.map(({ mail }) => ({ outcome: 'held', mail })));
    expect(test.events.types()).toEqual(['holding.changed']);
    const again = test.reopen();
    expect(again.custody.asHolder.held(id)).toEqual(mails.map(({ mail }) => mail).reverse());
    expect(again.custody.asHolder.heldTotals(id)).toEqual({ messages: 3, bytes: 33, oldestAt: NOW });
    expect(await again.custody.asHolder.heldContent(mails[1]!.mail.id)).toEqual(octets(11));
    expect(await again.custody.asHolder.heldContent(newCustodyId())).toBeUndefined();
    expect(again.custody.asHolder.heldTotals(newAgreementId())).toEqual({ messages: 0, bytes: 0 });
  });

  it('gives the same octets under the same token the same receipt, also after they were handed over', async () => {
    const [token] = tokens(1);
    const id = agreed({}, [token!]);
    const first = holding(id, token!);
    await store.custody.asHolder.hold(first);
    const tries = { attempts: 1, nextTryAt: NOW + 9, refusals: 1, refusedAt: NOW + 8 };
    store.custody.asHolder.recordHeldTries(first.mail.id, tries);
    store.custody.asHolder.ageHeld(1_000);
    const repeated = { ...first, mail: { ...first.mail, id: newCustodyId(), heldAt: NOW + 5 } };
    expect(await store.custody.asHolder.hold(repeated)).toEqual({
      outcome: 'held-before',
      mail: { ...first.mail, ...tries, keptMs: 1_000 },
    });
    expect(await store.custody.asHolder.hold(holding(id, token!))).toEqual({ outcome: 'token-unknown' });
    store.custody.asHolder.dropHeld([first.mail.id], { handedOver: true });
    expect(await store.custody.asHolder.hold(repeated)).toEqual({ outcome: 'held-before', mail: first.mail });
    expect(await store.custody.asHolder.hold(holding(id, token!))).toEqual({ outcome: 'token-unknown' });
    expect(store.custody.asHolder.hasToken({ agreementId: id, hash: token! })).toBe(true);
    expect(store.custody.asHolder.held(id)).toEqual([]);
  });

  it('never takes one token for two messages that come at once', async () => {
    const [token] = tokens(1);
    const id = agreed({}, [token!]);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => store.custody.asHolder.hold(holding(id, token!))),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', ...Array<string>(19).fill('token-unknown')]);
  });

  it('never passes the quota, however many come at once', async () => {
    const list = tokens(50);
    const id = agreed({ quotaBytes: MIB }, list);
    expect(store.custody.asHolder.roomFor(id)).toBe(MIB);
    const size = Math.floor(MIB / 10);
    const outcomes = await Promise.all(
      list.map((token) => store.custody.asHolder.hold(holding(id, token, octets(size)))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'held')).toHaveLength(10);
    expect(outcomes.filter(({ outcome }) => outcome === 'full')).toHaveLength(40);
    expect(store.custody.asHolder.heldTotals(id)).toMatchObject({ messages: 10, bytes: 10 * size });
    expect(store.custody.asHolder.roomFor(id)).toBe(MIB - 10 * size);
    // A token that found no room is not spent, and to the last octet there is room.
    const spared = list[49]!;
    expect(store.custody.asHolder.hasToken({ agreementId: id, hash: spared })).toBe(true);
    expect(await store.custody.asHolder.hold(holding(id, spared, octets(MIB - 10 * size + 1)))).toMatchObject({
      outcome: 'full',
    });
    expect(await store.custody.asHolder.hold(holding(id, spared, octets(MIB - 10 * size)))).toMatchObject({
      outcome: 'held',
    });
    expect(store.custody.asHolder.roomFor(id)).toBe(0);
  });

  it('counts what is still held under an earlier agreement, and knows its tokens', async () => {
    const [first, second] = tokens(2);
    const old = agreed({ quotaBytes: MIB }, [first!]);
    const left = holding(old, first!, octets(MIB));
    await store.custody.asHolder.hold(left);
    const next = agreed({ quotaBytes: MIB });
    store.custody.agreements.change(old, { state: 'ended', endedBy: 'time' });
    store.custody.asHolder.putTokens({ agreementId: next, issuedAt: NOW, hashes: [first!, second!] });
    expect(store.custody.asHolder.roomFor(next)).toBe(0);
    expect(await store.custody.asHolder.hold(holding(next, second!))).toEqual({ outcome: 'full' });
    expect(await store.custody.asHolder.hold(holding(next, first!))).toEqual({ outcome: 'token-unknown' });
    expect(await store.custody.asHolder.hold({ ...left, mail: { ...left.mail, agreementId: next } })).toMatchObject({
      outcome: 'held-before',
      mail: { agreementId: old },
    });
    const other = agreed({ peer: CAROL, quotaBytes: MIB }, [first!]);
    expect(store.custody.asHolder.roomFor(other)).toBe(MIB);
    expect(await store.custody.asHolder.hold(holding(other, first!))).toMatchObject({ outcome: 'held' });
  });

  it('takes nothing without an active agreement in which we are the holder', async () => {
    const [token] = tokens(1);
    for (const change of [{ state: 'ended' }, { state: 'asked' }, { role: 'client' }] as const) {
      const id = agreed(change, [token!]);
      expect(store.custody.asHolder.hasToken({ agreementId: id, hash: token! })).toBe(false);
      expect(await store.custody.asHolder.hold(holding(id, token!))).toEqual({ outcome: 'token-unknown' });
    }
    expect(await store.custody.asHolder.hold(holding(newAgreementId(), token!))).toEqual({ outcome: 'token-unknown' });
    expect(store.custody.asHolder.roomFor(newAgreementId())).toBe(0);
  });

  it('changes the list of tokens for a newer one alone, and brings no used one back', async () => {
    const [used, dropped, added] = tokens(3);
    const id = agreed({}, [used!, dropped!]);
    await store.custody.asHolder.hold(holding(id, used!));
    store.custody.asHolder.putTokens({ agreementId: id, issuedAt: NOW - 1, hashes: [added!] });
    expect(store.custody.asHolder.hasToken({ agreementId: id, hash: added! })).toBe(false);
    store.custody.asHolder.putTokens({ agreementId: id, issuedAt: NOW + 1, hashes: [used!, added!, added!] });
    expect([dropped!, added!].map((hash) => store.custody.asHolder.hasToken({ agreementId: id, hash }))).toEqual([
      false,
      true,
    ]);
    expect(await store.custody.asHolder.hold(holding(id, used!))).toEqual({ outcome: 'token-unknown' });
    expect(await store.custody.asHolder.hold(holding(id, dropped!))).toEqual({ outcome: 'token-unknown' });
    expect(await store.custody.asHolder.hold(holding(id, added!))).toMatchObject({ outcome: 'held' });
  });

  it('keeps so many tokens and no more', () => {
    const list = Array.from(
      { length: MAX_TOKENS + 1 },
      (_, index) => new Uint8Array(new Uint32Array([index, 0, 0, 0]).buffer),
    );
    const id = agreed({}, list);
    expect(store.custody.asHolder.hasToken({ agreementId: id, hash: list[MAX_TOKENS - 1]! })).toBe(true);
    expect(store.custody.asHolder.hasToken({ agreementId: id, hash: list[MAX_TOKENS]! })).toBe(false);
  });

  it('goes when it was handed over, which is counted, or ran out', async () => {
    const list = tokens(3);
    const id = agreed({}, list);
    const mails = list.map((token) => holding(id, token));
    for (const mail of mails) await store.custody.asHolder.hold(mail);
    test.events.clear();
    store.custody.asHolder.dropHeld([mails[0]!.mail.id, mails[1]!.mail.id, newCustodyId()], { handedOver: true });
    store.custody.asHolder.dropHeld([mails[1]!.mail.id], { handedOver: true });
    expect(store.custody.agreements.find(id)?.handedOver).toBe(2);
    store.custody.asHolder.dropHeld([mails[2]!.mail.id], { handedOver: false });
    expect(store.custody.agreements.find(id)?.handedOver).toBe(2);
    expect(store.custody.asHolder.heldTotals(id)).toEqual({ messages: 0, bytes: 0 });
    expect(test.events.types()).toEqual(['holding.changed', 'holding.changed']);
  });

  it('goes with its agreement', async () => {
    const [token] = tokens(1);
    const id = agreed({}, [token!]);
    const held = holding(id, token!);
    await store.custody.asHolder.hold(held);
    store.custody.agreements.remove(id);
    expect(await store.custody.asHolder.heldContent(held.mail.id)).toBeUndefined();
    expect(store.custody.asHolder.hasToken({ agreementId: id, hash: token! })).toBe(false);
  });

  it('is no part of a backup without mail, but what was promised is', async () => {
    const [token] = tokens(1);
    const id = agreed({}, [token!]);
    await store.custody.asHolder.hold(holding(id, token!));
    const to = `${test.path}.copy`;
    copyMail({ from: test.path, key: test.key, to, withMail: false });
    const copy = createMailStore({ path: to, key: test.key, identityId: newIdentityId(), events: recorder() });
    expect(copy.custody.agreements.find(id)).toEqual(store.custody.agreements.find(id));
    expect(copy.custody.asHolder.held(id)).toEqual([]);
    expect(await copy.custody.asHolder.hold(holding(id, token!))).toEqual({ outcome: 'token-unknown' });
    copy.close();
    copyMail({ from: test.path, key: test.key, to: `${to}2`, withMail: true });
    const whole = createMailStore({ path: `${to}2`, key: test.key, identityId: newIdentityId(), events: recorder() });
    expect(digestOf((await whole.custody.asHolder.heldContent(whole.custody.asHolder.held(id)[0]!.id))!)).toBe(
      store.custody.asHolder.held(id)[0]!.digest,
    );
    whole.close();
  });
});

it('takes a share of the disk in all, whatever was agreed, and the room told before is the room there is', async () => {
  const whole = 40 * MIB;
  const test = openTestStore();
  test.store.close();
  let free = whole;
  const store = createMailStore({ ...test, freeDisk: () => free });
  const hold = async (size: number): Promise<string> => {
    const made = agreement({ quotaBytes: 100 * MIB });
    const [hash] = [newHash()];
    store.custody.agreements.put(made);
    store.custody.asHolder.putTokens({ agreementId: made.id, issuedAt: NOW, hashes: [hash] });
    const room = store.custody.asHolder.roomFor(made.id);
    const { outcome } = await store.custody.asHolder.hold(holding(made.id, hash, octets(size)));
    expect(outcome).toBe(size <= room ? 'held' : 'full');
    if (outcome === 'held') free -= size;
    return outcome;
  };
  expect(await hold(free / 10 + 1)).toBe('full');
  for (let count = 0; count < 30; count += 1) await hold(2 * MIB);
  expect(free).toBe(whole - 10 * MIB);
  for (const size of [1, MIB]) expect(await hold(size)).toBe('full');
  // A disk that fills up with other things drops nothing, and takes no more.
  free = MIB;
  expect(await hold(1)).toBe('full');
  store.close();
  test.remove();
});

it('keeps what its room was told for, though its octets come onto the disk before', async () => {
  const test = openTestStore();
  test.store.close();
  const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
  const staged = (): number =>
    sql.get<{ octets: number }>('SELECT coalesce(sum(octet_length(octets)), 0) AS octets FROM content_pieces')!.octets;
  const store = createMailStore({ ...test, freeDisk: () => 20 * MIB - staged() });
  const made = agreement({ quotaBytes: 100 * MIB });
  const hash = newHash();
  store.custody.agreements.put(made);
  store.custody.asHolder.putTokens({ agreementId: made.id, issuedAt: NOW, hashes: [hash] });
  const room = store.custody.asHolder.roomFor(made.id);
  expect(room).toBe(2 * MIB);
  expect(await store.custody.asHolder.hold(holding(made.id, hash, octets(room)))).toMatchObject({ outcome: 'held' });
  expect(staged()).toBe(room);
  store.close();
  sql.close();
  test.remove();
});
