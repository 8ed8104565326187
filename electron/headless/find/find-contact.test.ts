import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { channelPair } from '../../core/rpc/channel-pair';
import { makePerson, type CustodyPerson } from '../../core/testing/custody-people';
import { LoopbackNetwork } from '../../core/testing/loopback-onion';
import { RpcClient } from '../../../shared/contract/rpc-client';
import type { CommandContext } from '../commands/command';
import { chooseIdentity } from './choose-identity';
import { findContact } from './find-contact';

let network: LoopbackNetwork;
let me: CustodyPerson;
let bob: CustodyPerson;
let eve: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [me, bob, eve] = await Promise.all(
    ['me', 'bob', 'eve'].map((name) => makePerson(network, name)) as [
      Promise<CustodyPerson>,
      Promise<CustodyPerson>,
      Promise<CustodyPerson>,
    ],
  );
  await me.core.call('contacts.add', { identityId: me.own.id, address: eve.own.address, name: bob.own.address });
});
afterAll(async () => {
  await Promise.all([me, bob, eve].map(({ core }) => core.remove()));
  await network.stop();
});

/** What a command is given, at a core of its own. */
function contextOf({ core }: CustodyPerson, identity: string): CommandContext {
  const [near, far] = channelPair();
  core.core.attachClient(far);
  const input = new PassThrough();
  const output = { result: () => undefined, progress: () => undefined };
  // Standard input that is no terminal.
  return { core: new RpcClient(near), args: [], identity, output, input: input as unknown as NodeJS.ReadStream };
}

const find = async (text: string): Promise<string> =>
  (await findContact(contextOf(me, me.own.address), me.own.id, text)).address;

it('takes nobody for an address who is only called like it', async () => {
  for (const text of [
    bob.own.address,
    bob.own.address.toUpperCase(),
    `<${bob.own.address}>`,
    `mailto:${bob.own.address}`,
  ])
    await expect(find(text)).rejects.toThrow('not among the contacts');
  await me.core.call('contacts.add', { identityId: me.own.id, address: bob.own.address, name: 'Bób' });
  expect(await find(bob.own.address)).toBe(bob.own.address);
});

it('reads an address as everywhere else, and a name however it is typed', async () => {
  const tagged = bob.own.address.replace('@', '+news@');
  for (const text of [`Bob <${bob.own.address.toUpperCase()}>`, `mailto:${tagged}`, ' BÓB ', 'bob'])
    expect(await find(text)).toBe(bob.own.address);
  for (const text of [`${bob.own.address}, ${eve.own.address}`, `${eve.own.address} <${bob.own.address}>`, 'nobody'])
    await expect(find(text)).rejects.toThrow('not among the contacts');
});

it('knows the identity by its address in any form', async () => {
  const { address } = me.own;
  const choose = (identity: string) => chooseIdentity(contextOf(me, identity));
  for (const text of [address, address.toUpperCase(), `<${address}>`, `mailto:${address}`, 'me', 'ME'])
    expect((await choose(text)).address).toBe(address);
  await expect(choose('m')).rejects.toThrow('No identity');
});
