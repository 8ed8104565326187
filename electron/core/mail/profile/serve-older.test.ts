import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { mailMigrations } from '../../store/migrations/mail-schema';
import { openDatabase } from '../../store/sql/open-database';
import { binaryKey, makeAttacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let b: Identity;
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  b = await makeIdentity(bob, 'bob');
});
afterAll(async () => {
  await bob.remove();
  await network.stop();
});

const mail = () => bob.inside.session.require(b.id);

function served(): { envelope: string; octets: string } {
  const at = { mailbox: 'inbox', form: 'unsealed' } as const;
  const [entry] = mail().mailboxes.entries({ mailbox: 'inbox', limit: 1 });
  const uid = entry?.uid ?? 0;
  const [message] = mail().served.messages({ ...at, uids: [uid] });
  const octets = mail().served.octets({ ...at, uid, from: 0, to: 10_000_000 });
  expect(octets.length).toBe(message?.size);
  return { envelope: message?.envelope ?? '', octets: Buffer.from(octets).toString('latin1') };
}

it('serves what arrives as it was signed, and what an earlier version received', async () => {
  const key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: b.id })).key);
  const alice = await makeAttacker({ localPart: 'alice', now: clock.now() });
  await bob.call('contacts.add', { identityId: b.id, address: alice.address, name: 'Alice' });
  const entities: string[] = [];
  const keep = (entity: string): string => {
    entities.push(entity);
    return entity;
  };
  const attachments = [{ filename: 'a.bin', contentType: 'image/png', content: new Uint8Array(9_000).fill(7) }];
  const raw = await alice.letter({ to: b.address, key, forgery: { message: { attachments }, inner: keep } });
  const peer = await SmtpPeer.at(network, b.onion);
  const stored = bob.when('message.stored', () => true);
  await peer.transact({ from: alice.address, to: b.address, raw });
  peer.close();
  await stored;
  const first = served();
  const [entity = ''] = entities;
  expect(first.octets.endsWith(entity)).toBe(true);
  const ours = first.octets.slice(0, -entity.length);
  expect(ours).toMatch(/^Authentication-Results: [a-z2-7]{56}\.onion;\r\n openpgp=pass reason="[^"\r\n]+"\r\n/);
  expect(ours.trimEnd().split('\r\n')).toHaveLength(4);

  const { databaseKey } = mail().identity();
  const key32 = new Uint8Array(databaseKey);
  await bob.stop();
  const path = join(bob.directory, 'identities', b.id, 'mail.db');
  const sql = openDatabase({ path, key: key32, migrations: mailMigrations, mode: 'existing' });
  sql.exec('DELETE FROM served; DELETE FROM served_octets; INSERT INTO unserved SELECT row, 1 FROM mail');
  sql.close();
  bob = await makeTestCore(network, { clock, directory: bob.directory });
  expect(mail().served.older()).toBeDefined();
  await vi.waitFor(
    () => {
      clock.advance(20);
      expect(mail().served.older()).toBeUndefined();
    },
    { timeout: 120_000, interval: 20 },
  );
  const { envelope, octets } = served();
  expect(envelope).toBe(first.envelope);
  expect(octets.endsWith(entity)).toBe(true);
});
