import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { Pgp } from '../../ports/pgp';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { sealQueued } from './seal-queued';

let network: LoopbackNetwork;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  [alice, bob] = await Promise.all([makeTestCore(network), makeTestCore(network)]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
});
afterEach(async () => {
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});

it('seals anew what was being signed by a key that was replaced meanwhile', async () => {
  const done = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
  await sendMail(alice, a, { to: [b.address], subject: 'So that the key is known' });
  await done;
  // Nothing is tried by itself from here on.
  alice.onion.setOnline(false);
  const { id: messageId, deliveries } = await sendMail(alice, a, { to: [b.address] });
  const wanted = deliveries[0]!.id;
  const { services, session } = alice.inside;
  const mailbox = session.require(a.id);
  const before = mailbox.identity().keys.secretKey;
  const signedBy: unknown[] = [];
  const seal: Pgp['seal'] = async (o) => {
    signedBy.push(o.secretKey);
    if (signedBy.length === 1) await alice.call('identities.replaceKey', { identityId: a.id });
    return services.pgp.seal(o);
  };
  const { clock, mime, pgp } = services;
  const raw = await sealQueued({ clock, mime, pgp: { ...pgp, seal } }, mailbox, { messageId, wanted });
  expect(signedBy).toEqual([before, mailbox.identity().keys.secretKey]);
  expect(mailbox.identity().keys.secretKey).not.toEqual(before);
  expect(Buffer.from((await mailbox.outbox.sealed(wanted))!)).toEqual(Buffer.from(raw!));
});
