import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelPair } from '../../../core/rpc/channel-pair';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import {
  clientOf,
  deliveryIs,
  holderOf,
  makePerson,
  until,
  verify,
  type CustodyPerson,
} from '../../../core/testing/custody-people';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { sendMail } from '../../../core/testing/make-test-core';
import type { Command } from '../command';
import { UsageError } from '../command';
import { contacts } from './contacts';
import { history } from '../mail/history';
import { hold } from './hold';
import { identity } from '../profile/identity';
import { list } from '../mail/list';
import { outbox } from '../mail/outbox';

let network: LoopbackNetwork;
let bob: CustodyPerson;
let dave: CustodyPerson;
let keeper: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [bob, dave, keeper] = await Promise.all([
    makePerson(network, 'bob'),
    makePerson(network, 'dave'),
    makePerson(network, 'keeper'),
  ]);
  await Promise.all([verify(bob, dave), verify(dave, bob)]);
});
afterAll(async () => {
  await Promise.all([bob, dave, keeper].map(({ core }) => core.remove()));
  await network.stop();
});

/** Runs a command of `posthorn` at somebody’s; answers what it printed for a person. */
async function run({ core, own }: CustodyPerson, command: Command, ...args: string[]): Promise<string> {
  const [near, far] = channelPair();
  core.core.attachClient(far);
  const printed: string[] = [];
  const input = new PassThrough();
  input.end();
  await command.run({
    core: new RpcClient(near),
    args,
    identity: own.address,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    // Standard input that is no terminal.
    input: input as unknown as NodeJS.ReadStream,
  });
  return printed.join('\n');
}

describe('posthorn hold', () => {
  it('asks a contact by name, who agrees; both see it, and each can end it', async () => {
    expect(await run(bob, hold)).toBe(
      'Nobody keeps mail for you. While you are away, senders have to wait.\nYou keep mail for nobody.',
    );
    await bob.core.call('contacts.update', {
      identityId: bob.own.id,
      contactId: (await contact()).id,
      name: 'Old Dave',
    });
    expect(await run(bob, hold, 'ask', 'Old', 'Dave', '--quota', '50', '--days', '5')).toBe(
      `${dave.own.address}  Old Dave  asked  50 MB, 5 days`,
    );
    await until(dave.core, () => clientOf(dave, bob));
    expect(await run(dave, hold, 'list')).toBe(
      `Nobody keeps mail for you. While you are away, senders have to wait.\nYou keep mail for them:\n  ${bob.own.address}  asked  50 MB, 5 days  keeps nothing now`,
    );
    expect(await run(dave, hold, 'answer', bob.own.address, '--accept')).toMatch(
      / {2}active {2}50 MB, 5 days {2}until 20.* {2}keeps nothing now$/u,
    );
    await until(bob.core, async () => ((await holderOf(bob, dave))?.state === 'active' ? true : undefined));
    expect(await run(bob, hold, 'collect')).toBe('asked');
    expect(await run(bob, hold, 'end', dave.own.address)).toContain(`${dave.own.address}  Old Dave  ended (by us)`);
    expect(await run(bob, hold, 'forget', dave.own.address)).toContain('Nobody keeps mail for you');
  });

  it('pairs with a machine by its code', async () => {
    // Among what programs tell each other only the list of tokens is so large.
    const tokensTold = bob.core.when(
      'transfer.progressed',
      ({ transfer }) => transfer.direction === 'out' && transfer.done && transfer.bytes > 10_000,
    );
    const code = await run(keeper, hold, 'pairing-code');
    expect(await run(bob, hold, 'pair', code, '--name', 'My server')).toBe(
      `${keeper.own.address}  My server  asked  100 MB, 20 days`,
    );
    await until(bob.core, async () => ((await holderOf(bob, keeper))?.state === 'active' ? true : undefined));
    await tokensTold;
    expect(await run(keeper, hold)).toContain(`You keep mail for them:\n  ${bob.own.address}  active`);
  });

  it('says what is missing on the command line', async () => {
    const wrong = [
      'dance',
      'ask',
      'ask nobody',
      `ask ${dave.own.address} --days 61`,
      `ask ${dave.own.address} --quota 0`,
      'answer',
      `answer ${dave.own.address} --accept`,
      'answer --accept --refuse',
      `end ${dave.own.address}`,
      'forget',
      'pair',
      'list --loud',
    ];
    for (const line of wrong)
      await expect(run(bob, hold, ...line.split(' ')), line).rejects.toSatisfy(
        (error) => error instanceof UsageError || error instanceof TypeError,
      );
    await expect(run(bob, hold, 'pair', 'not a code')).rejects.toMatchObject({ code: 'card-refused' });
  });
});

describe('posthorn history', () => {
  it('tells of a message that a holder keeps, and outbox and list say so too', async () => {
    await until(dave.core, async () =>
      (await dave.core.call('contacts.list', { identityId: dave.own.id }))[0]?.holderCount === 1 ? true : undefined,
    );
    bob.core.onion.setOnline(false);
    const sent = await sendMail(dave.core, dave.own, { to: [bob.own.address], subject: 'While you are out' });
    await deliveryIs(dave, sent.id, 'held');
    expect(await run(dave, outbox)).toMatch(/ {2}held {2}kept by 1 until 20.* {2}\(offline\) {2}1 tries/u);
    expect(await run(dave, list, 'outbox')).toMatch(/ {2}While you are out {2}\(held\)$/u);
    const lines = (await run(dave, history, sent.id)).split('\n');
    expect(lines[0]).toMatch(/^20.* {2}bob@\S+ {2}in the outbox$/u);
    expect(lines.join('\n')).toMatch(new RegExp(` {2}left with ${keeper.own.onion}, who keeps it until 20`, 'u'));
  });
});

describe('what is told to whom', () => {
  it('is set for each contact', async () => {
    const { address } = await contact();
    expect(await run(bob, contacts, 'set', address, '--read-receipts', 'on', '--learns-holders', 'off')).toContain(
      'gets read receipts  does not learn who keeps your mail',
    );
    expect(await contact()).toMatchObject({ sendsReadReceipts: true, learnsHolders: false });
    expect(await run(bob, contacts, 'set', address, '--learns-holders', 'on')).not.toContain('does not learn');
    for (const wrong of [
      ['set', address],
      ['set', address, '--read-receipts', 'perhaps'],
    ])
      await expect(run(bob, contacts, ...wrong)).rejects.toThrow(UsageError);
  });

  it('is nothing at all of a private identity, but to contacts', async () => {
    expect(await run(dave, identity, 'private', 'on')).toMatch(/^dave@.* private$/u);
    expect(await run(dave, identity, 'private', 'off')).not.toContain('private');
    await expect(run(dave, identity, 'private', 'perhaps')).rejects.toThrow(UsageError);
  });
});

async function contact() {
  const found = (await bob.core.call('contacts.list', { identityId: bob.own.id })).find(
    ({ address }) => address === dave.own.address,
  );
  if (!found) throw new Error('Dave is no contact');
  return found;
}

describe('posthorn identity delete', () => {
  it('says whose mail would be lost, and deletes nothing until it is told to all the same', async () => {
    const { address } = keeper.own;
    await until(keeper.core, async () => ((await clientOf(keeper, bob))?.heldMessages === 1 ? true : undefined));
    await expect(run(keeper, identity, 'delete', address)).rejects.toThrow(
      /^You keep 1 message \(\d+ kB\) for .*bob@.*, lost with this identity\..*hold end/u,
    );
    expect(await keeper.core.call('identities.list', {})).toHaveLength(1);
    expect(await run(keeper, identity, 'delete', address, '--even-if-keeping')).toBe(`deleted ${address}`);
  });
});
