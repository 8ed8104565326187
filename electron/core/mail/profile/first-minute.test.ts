import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

/** A network that notes who was dialled, for a key or for mail. */
class WatchedNetwork extends LoopbackNetwork {
  readonly dialled: string[] = [];

  override dial(...args: Parameters<LoopbackNetwork['dial']>): ReturnType<LoopbackNetwork['dial']> {
    this.dialled.push(args[0]);
    return super.dial(...args);
  }
}

let network: WatchedNetwork;
let clock: SettableClock;
let core: TestCore;
let peer: TestCore;
let recipients: Identity[];
let own: Identity[];

/** Two identities with a letter each that waits for somebody who is away; the program has just started anew. */
beforeEach(async () => {
  network = await LoopbackNetwork.listen(new WatchedNetwork());
  clock = new SettableClock();
  [core, peer] = [await makeTestCore(network, { clock }), await makeTestCore(network, { clock })];
  recipients = [await makeIdentity(peer, 'one'), await makeIdentity(peer, 'two')];
  own = [await makeIdentity(core, 'work'), await makeIdentity(core, 'secret')];
  peer.onion.setOnline(false);
  for (const [index, identity] of own.entries())
    await sendMail(core, identity, { to: [recipients[index]!.address], subject: 'x' });
  await vi.waitFor(() => {
    for (const { onion } of recipients) expect(network.dialled).toContain(onion);
  });
  await core.stop();
  clock.advance(3_600_000);
  network.dialled.splice(0);
  core = await makeTestCore(network, { clock, directory: core.directory });
});
afterEach(async () => {
  await core.remove();
  await peer.remove();
  await network.stop();
});

const mailDials = () => network.dialled.filter((onion) => recipients.some((each) => each.onion === onion));

it('no identity begins before its own time after an unlock, whatever wakes its outbox', async () => {
  for (const identity of own) await core.call('identities.keyLife', { identityId: identity.id });
  expect(mailDials()).toEqual([]);
  clock.advance(60_000);
  await vi.waitFor(() => {
    expect(new Set(mailDials())).toEqual(new Set(recipients.map(({ onion }) => onion)));
  });
});

it('what the person sends, or wants, begins at once, and wakes no other identity', async () => {
  await sendMail(core, own[0]!, { to: [recipients[0]!.address], subject: 'now' });
  await vi.waitFor(() => {
    expect(mailDials()).toContain(recipients[0]!.onion);
  });
  expect(mailDials()).not.toContain(recipients[1]!.onion);
  await core.call('holding.collect', { identityId: own[1]!.id });
  await vi.waitFor(() => {
    expect(mailDials()).toContain(recipients[1]!.onion);
  });
});
