import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderCounts } from '../../../../shared/mailbox';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../../testing/make-test-core';

let network: LoopbackNetwork;
let alice: TestCore;
let a: Identity;
let spare: Identity;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  alice = await makeTestCore(network);
  [a, spare] = [await makeIdentity(alice, 'alice'), await makeIdentity(alice, 'spare')];
});
afterEach(async () => {
  await alice.remove();
  await network.stop();
});

const folderOf = (identity: Identity): string => join(alice.directory, 'identities', identity.id);
const fileOf = (identity: Identity): string => join(folderOf(identity), 'mail.db');

/** Everything in an identity's folder, octet for octet. */
const contentsOf = (identity: Identity): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folderOf(identity)).map((name) => [
      name,
      readFileSync(join(folderOf(identity), name)).toString('base64'),
    ]),
  );

/** Locks, does harm to the spare identity's file, and unlocks again. */
async function harm(how: (file: string) => void): Promise<Record<string, string>> {
  await alice.call('profile.lock', {});
  how(fileOf(spare));
  const before = existsSync(folderOf(spare)) ? contentsOf(spare) : {};
  expect(await alice.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
  return before;
}

const harms: readonly (readonly [string, (file: string) => void])[] = [
  [
    'overwritten with noise',
    (file) => {
      writeFileSync(file, randomBytes(20_000));
    },
  ],
  [
    'with one octet turned in its first page',
    (file) => {
      const octets = readFileSync(file);
      octets[100] = (octets[100] ?? 0) ^ 1;
      writeFileSync(file, octets);
    },
  ],
  [
    'cut short',
    (file) => {
      truncateSync(file, 1_000);
    },
  ],
  [
    'empty',
    (file) => {
      truncateSync(file, 0);
    },
  ],
  [
    'missing',
    (file) => {
      rmSync(file);
    },
  ],
];

describe.each(harms)('a mail file %s', (_what, how) => {
  it('is left as it is, shown as damaged, and does not keep the others from opening', async () => {
    const before = await harm(how);
    const identities = await alice.call('identities.list', {});
    expect(identities.map(({ id, reachability }) => [id, reachability])).toEqual([
      [a.id, 'online'],
      [spare.id, 'damaged'],
    ]);

    const identityId = spare.id;
    const messageId = a.id as unknown as never;
    const calls = [
      alice.call('messages.page', { identityId, folder: 'inbox', limit: 10 }),
      alice.call('messages.read', { identityId, messageId }),
      alice.call('contacts.list', { identityId }),
      alice.call('outbox.list', { identityId }),
      alice.call('drafts.save', { identityId, content: { to: [], cc: [], bcc: [], subject: '', text: '' } }),
      alice.call('identities.update', { identityId, label: 'Other' }),
      alice.call('identities.exportPublicKey', { identityId }),
    ];
    for (const outcome of await Promise.allSettled(calls))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'store-damaged' } });

    const other = await makeIdentity(alice, 'bob');
    const stored = alice.when('message.stored', ({ message }) => message.identityId === other.id);
    await sendMail(alice, a, { to: [other.address] });
    await stored;
    expect(await network.dial(spare.onion, 25)).toMatchObject({ outcome: 'failed' });
    expect(contentsOf(spare)).toEqual(before);

    await alice.call('identities.delete', { identityId, confirmAddress: spare.address });
    expect((await alice.call('identities.list', {})).map(({ id }) => id)).toEqual([a.id, other.id]);
    expect(existsSync(folderOf(spare))).toBe(false);
  });
});

it('is readable again once a good copy is put back', async () => {
  await alice.call('profile.lock', {});
  const good = contentsOf(spare);
  await alice.call('profile.unlock', { passphrase });
  await harm((file) => {
    writeFileSync(file, randomBytes(20_000));
  });
  await alice.call('profile.lock', {});
  for (const [name, octets] of Object.entries(good))
    writeFileSync(join(folderOf(spare), name), Buffer.from(octets, 'base64'));
  await alice.call('profile.unlock', { passphrase });
  expect(await alice.call('identities.list', {})).toMatchObject([
    { reachability: 'online' },
    { reachability: 'online' },
  ]);
  expect(folderCounts(await alice.call('mailboxes.list', { identityId: spare.id }))).toMatchObject({ inbox: 0 });
});
