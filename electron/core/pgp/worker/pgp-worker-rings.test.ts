import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Fingerprint } from '../../../../shared/ids';
import type { TrustCertification, TrustInput } from '../../domain/trust/trust-model';
import type { SplitKey } from '../../ports/certification-pgp';
import type { Pgp } from '../../ports/pgp';
import { campaign } from '../../testing/campaign';
import { growth, LINEAR } from '../../testing/growth';
import { computeValidity } from '../../domain/trust/compute-validity';
import { packTrust, unpackTrust } from '../../domain/trust/pack-trust';
import { packValidities, unpackValidities } from '../../domain/trust/pack-validities';
import { certify } from '../certifications/certify';
import { packSplitKeys, unpackSplitKeys } from '../certifications/pack-split-keys';
import { concatBytes } from '../packets/packet-framing';
import { createPgpWorkerClient } from './pgp-worker-client';
import { DAY, NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { bundleForTest, type TestBundle } from '../testing/worker-bundle';

const KEYS = 5_000;

/**
 * What is copied from thread to thread holds both for as long as it has objects, so a ring crosses packed into columns,
 * or in parts. Unpacked these rings have from 8,000 to 60,000.
 */
const MOST_OBJECTS = 2_000;

let bundle: TestBundle;
let pgp: Pgp;
let alice: TestIdentity;
let bob: TestIdentity;

beforeAll(async () => {
  bundle = await bundleForTest("import './worker/pgp-worker';");
  pgp = createPgpWorkerClient({ workerPath: bundle.path });
  [alice, bob] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2)]);
  await Promise.all([pgp.verifyCertifications({ checks: [] }), pgp.checkKeyBlock(question())]);
});
afterAll(async () => {
  await pgp.close();
  bundle.remove();
});

afterEach(() => void vi.restoreAllMocks());

describe('large key rings across the worker', () => {
  it('has 50,000 certifications computed by few objects, and answers what the rules answer', async () => {
    const input = ring(KEYS);
    const messages = watchMessages();
    const answer = await pgp.computeValidity(input);
    expect(messages()).toMatchObject({ calls: 1, answers: 1 });
    expect(messages().mostObjects).toBeLessThan(MOST_OBJECTS);
    expect(answer).toEqual(computeValidity(input));
  });

  it('verifies thousands, some at a time, while a mail’s key is checked at once', async () => {
    const { body } = await certify({ ...ours(), exportable: false });
    const check = { body, subject: bob.keys.publicKey, issuer: alice.keys.publicKey };
    const checks = Array.from({ length: campaign({ short: 2_000, long: 10_000 }) }, () => check);
    const order: string[] = [];
    const messages = watchMessages();
    const all = pgp.verifyCertifications({ checks }).then((answers) => [order.push('ring'), answers] as const);
    await pgp.checkKeyBlock(question()).then(() => order.push('mail'));
    const [, answer] = await all;
    expect(order).toEqual(['mail', 'ring']);
    expect(answer).toHaveLength(checks.length);
    expect(answer.every((isGood) => isGood)).toBe(true);
    expect(messages().calls).toBe(messages().answers);
    expect(messages().mostObjects).toBeLessThan(MOST_OBJECTS);
  });

  it('splits a file of 20,000 keys into few objects', async () => {
    const content = concatBytes(Array.from({ length: 20_000 }, () => bob.keys.publicKey));
    const messages = watchMessages();
    const answer = await pgp.splitKeys({ content });
    expect(messages()).toMatchObject({ calls: 1, answers: 1 });
    expect(messages().mostObjects).toBeLessThan(MOST_OBJECTS);
    const expected: SplitKey = { block: bob.keys.publicKey, fingerprint: bob.keys.fingerprint, address: bob.address };
    expect(answer).toHaveLength(20_000);
    expect(answer?.at(-1)).toMatchObject({ fingerprint: expected.fingerprint, address: expected.address });
    expect(Buffer.compare(answer?.at(-1)?.block ?? content, expected.block)).toBe(0);
  });

  it('packs and unpacks at a cost that grows with the number of keys', async () => {
    const rings = { 1: ring(KEYS / 4), 4: ring(KEYS) };
    expect(await growth((amount) => unpackTrust(packTrust(rings[amount])))).toBeLessThan(LINEAR);
    const results = { 1: computeValidity(rings[1]), 4: computeValidity(rings[4]) };
    expect(await growth((amount) => unpackValidities(packValidities(results[amount])))).toBeLessThan(LINEAR);
    const { publicKey: block, fingerprint } = bob.keys;
    const keys = Array.from({ length: 20_000 }, (): SplitKey => ({ block, fingerprint, address: bob.address }));
    const split = (amount: number): unknown => unpackSplitKeys(packSplitKeys(keys.slice(0, 5_000 * amount)));
    expect(await growth(split)).toBeLessThan(LINEAR);
  });
});

function question() {
  return { block: alice.keys.publicKey, address: alice.address, now: NOW };
}

function ours() {
  return { secretKey: alice.keys.secretKey, subject: bob.keys.publicKey, level: 'positive' as const, now: NOW };
}

/** What crosses between this thread and the workers from now on. */
function watchMessages(): () => { calls: number; answers: number; mostObjects: number } {
  const posted = vi.spyOn(Worker.prototype, 'postMessage');
  const emitted = vi.spyOn(Worker.prototype, 'emit');
  return () => {
    const calls = posted.mock.calls.map(([message]) => message as unknown);
    const answers = emitted.mock.calls
      .filter(([event, message]) => event === 'message' && 'id' in (message as object))
      .map(([, message]) => message as unknown);
    return {
      calls: calls.length,
      answers: answers.length,
      mostObjects: Math.max(...[...calls, ...answers].map(objectsIn)),
    };
  };
}

/** Objects and arrays in a value; an array of octets or numbers is one, however long. */
function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (ArrayBuffer.isView(value)) return 1;
  const parts: unknown[] = value instanceof Map ? [...value].flat() : Object.values(value);
  return parts.reduce((sum: number, part) => sum + objectsIn(part), 1);
}

function fingerprintOf(number: number): Fingerprint {
  return number.toString(16).toUpperCase().padStart(40, 'A') as Fingerprint;
}

/** Everybody is certified by ten others, some of them introducers, some only of one onion, some revoked. */
function ring(size: number): TrustInput {
  const keys = Array.from({ length: size }, (_, number) => ({
    fingerprint: fingerprintOf(number),
    userId: `<person${number}@${'a'.repeat(56)}.onion>`,
    revoked: number % 101 === 100,
    ...(number % 7 === 0 && { expiresAt: NOW + number * DAY }),
  }));
  const certifications = Array.from({ length: size * 10 }, (_, number): TrustCertification => {
    const subject = number % size;
    const issuer = (subject * 7 + Math.floor(number / size) * 13 + 1) % size;
    return {
      issuer: fingerprintOf(number % 10 === 0 ? Math.floor(subject / 12) : issuer),
      subject: fingerprintOf(subject),
      kind: number % 97 === 0 ? 'revocation' : 'certification',
      level: 3,
      createdAt: NOW - number,
      ...(number % 5 === 0 && { expiresAt: NOW + DAY }),
      ...(number % 3 === 0 && {
        trust: { depth: 2, amount: 120, ...(number % 2 === 0 && { regex: '<[^>]+[@.]a+\\.onion>$' }) },
      }),
    };
  });
  return { now: NOW, keys, certifications, ownerTrust: new Map([[fingerprintOf(0), 'ultimate']]) };
}
