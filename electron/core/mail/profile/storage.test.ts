import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreement, holding, newHash } from '../../store/testing/custody-fixtures';
import { BOB, received } from '../../store/testing/store-fixtures';
import { makePerson, type CustodyPerson } from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import type { StorageUse } from '../../../../shared/storage-use';

let network: LoopbackNetwork;
let dave: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  dave = await makePerson(network, 'dave');
});
afterAll(async () => {
  await dave.core.remove();
  await network.stop();
});

const view = (): Promise<StorageUse> => dave.core.call('storage.view', { identityId: dave.own.id });

it('a person sees what takes how much, and frees it', async () => {
  const { custody, messages, outbox } = dave.core.inside.session.require(dave.own.id);
  expect(await view()).toMatchObject({ requests: { count: 0, bytes: 0 }, held: { count: 0 }, trash: { count: 0 } });
  for (let count = 0; count < 45; count += 1) await messages.receive(received({ folder: 'requests' }));
  const { messages: some } = messages.page({ folder: 'requests', limit: 10 });
  messages.setFlags(
    some.map(({ id }) => id),
    { seen: true },
  );
  const kept = await messages.receive(received());
  const thrown = await messages.receive(received());
  if (thrown.outcome === 'stored') messages.move([thrown.summary.id], 'trash');
  const agreed = agreement({ peer: BOB });
  custody.agreements.put(agreed);
  const token = newHash();
  custody.asHolder.putTokens({ agreementId: agreed.id, issuedAt: 1, hashes: [token] });
  await custody.asHolder.hold(holding(agreed.id, token));

  const before = await view();
  expect(before).toMatchObject({
    mail: { count: 1 },
    requests: { count: 45 },
    held: { count: 1, bytes: 100 },
    trash: { count: 1 },
  });
  expect(before.requests.limit).toBeGreaterThan(before.requests.bytes);
  expect(before.requests.bytes).toBeGreaterThan(45 * 1_000);
  expect(before.fileBytes).toBeGreaterThan(100_000);

  const removed: string[] = [];
  dave.core.onEvent((event) => {
    if (event.type === 'message.removed') removed.push(event.messageId);
  });
  const free = (what: 'requests' | 'held' | 'trash') =>
    dave.core.call('storage.free', { identityId: dave.own.id, what });
  expect(await free('requests')).toMatchObject({ requests: { count: 0, bytes: 0 }, trash: { count: 1 } });
  expect(await free('trash')).toMatchObject({ trash: { count: 0 }, mail: { count: 1 } });
  expect(removed).toHaveLength(46);
  expect(await free('held')).toMatchObject({ held: { count: 0, bytes: 0 } });
  // Whoever left it there hears of it.
  const told = outbox
    .deliveries({ unfinishedOnly: false, withControl: true })
    .map(({ messageId }) => outbox.enclosures(messageId)?.control);
  expect(told).toContainEqual(expect.objectContaining({ kind: 'hold.expired', count: 1, agreementId: agreed.id }));
  expect(kept.outcome === 'stored' && messages.detail(kept.summary.id).summary.folder).toBe('inbox');
});
