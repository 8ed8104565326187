import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import { channelPair } from '../../../core/rpc/channel-pair';
import { befriend, makePerson, until, untilPosts, type Person } from '../../../core/testing/lists/list-people';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { SettableClock } from '../../../core/testing/settable-clock';
import { lists } from './lists';

let network: LoopbackNetwork;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  const clock = new SettableClock();
  alice = await makePerson({ network, clock, name: 'alice' });
  bob = await makePerson({ network, clock, name: 'bob' });
  await befriend(alice, bob);
});
afterAll(async () => {
  await alice.core.remove();
  await bob.core.remove();
  await network.stop();
});

/** Runs `posthorn lists` for somebody; answers what it printed for a person. */
async function run({ core, identity }: Person, args: readonly string[], text = ''): Promise<string> {
  const [near, far] = channelPair();
  core.core.attachClient(far);
  const printed: string[] = [];
  const input = new PassThrough();
  input.end(text);
  await lists.run({
    core: new RpcClient(near),
    args,
    identity: identity.address,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    input: input as unknown as NodeJS.ReadStream,
  });
  return printed.join('\n');
}

it('makes a list, invites, posts, answers, removes and leaves', async () => {
  const id = (await run(alice, ['make', 'Choir'])).replace('made ', '');
  expect(await run(alice, [])).toBe(`${id.slice(0, 8)}  Choir  member, 1 members`);
  expect(await run(alice, ['invite', 'Choir', bob.identity.address])).toBe('invited');
  await until(bob.core, 'lists.changed', async () => (await run(bob, [])) !== '');
  expect(await run(bob, [])).toMatch(
    new RegExp(`^${id.slice(0, 8)}  Choir  invited by ${alice.identity.address}, until 2`),
  );
  expect(await run(bob, ['accept', id.slice(0, 8)])).toMatch(/^accepted/);
  await until(bob.core, 'lists.changed', async () => (await run(bob, [])).includes('member, 2'));
  expect(await run(bob, ['members', 'Choir'])).toBe(
    `${alice.identity.address}  steward\n${bob.identity.address}  member`,
  );
  const list = (await bob.core.call('lists.list', { identityId: bob.identity.id }))[0]!;
  expect(await run(bob, ['post', 'Choir', '--subject', 'Rehearsal'], 'On Thursday.\n')).toBe('posted');
  await untilPosts(alice, list.id, 1);
  const mine = (await alice.core.call('lists.list', { identityId: alice.identity.id }))[0]!;
  const page = { identityId: alice.identity.id, folder: mine.mailboxId, limit: 5 };
  const [asked] = (await alice.core.call('messages.page', page)).messages;
  await run(alice, ['post', 'Choir', '--subject', 'Re: Rehearsal', '--reply-to', asked!.id], 'Yes.');
  await untilPosts(bob, list.id, 2);
  const both = (await alice.core.call('messages.page', page)).messages;
  expect(new Set(both.map(({ threadId }) => threadId)).size).toBe(1);
  await expect(run(alice, ['leave', 'Choir'])).rejects.toMatchObject({ code: 'list-refused' });
  await expect(run(alice, ['remove', 'Choir', 'x@y'])).rejects.toThrow('Give the address of a member.');
  expect(await run(bob, ['leave', 'Choir'])).toBe('left; its mail is kept');
  await until(alice.core, 'lists.changed', async () => (await run(alice, [])).includes('member, 1'));
  await expect(run(alice, ['remove', 'Choir', bob.identity.address])).rejects.toThrow();
  await expect(run(alice, ['dance'])).rejects.toThrow(/Say nothing more, or: list, make/);
  await expect(run(alice, ['members', 'Nothing'])).rejects.toThrow('There is no such list.');
});
