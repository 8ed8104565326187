import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RpcClient } from '../../../../shared/contract/rpc-client';
import type { Identity } from '../../../../shared/identity';
import { channelPair } from '../../../core/rpc/channel-pair';
import { received } from '../../../core/store/testing/store-fixtures';
import { LoopbackNetwork } from '../../../core/testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../../core/testing/make-test-core';
import type { Command } from '../command';
import { UsageError } from '../command';
import { list } from './list';
import { mailboxes } from './mailboxes';
import { move } from './move';
import { tags } from './tags';

let network: LoopbackNetwork;
let core: TestCore;
let caller: RpcClient;
let alice: Identity;
let message: string;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  const [near, far] = channelPair();
  core.core.attachClient(far);
  caller = new RpcClient(near);
  alice = await makeIdentity(core, 'alice');
  const stored = await core.inside.session.require(alice.id).messages.receive(received());
  if (stored.outcome === 'stored') message = stored.summary.id;
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

/** Runs a command of Alice's; answers what it printed for a person. */
async function run(command: Command, ...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const input = new PassThrough();
  input.end();
  await command.run({
    core: caller,
    args,
    identity: alice.address,
    output: { result: (_, lines) => void printed.push(...lines), progress: () => undefined },
    input: input as unknown as NodeJS.ReadStream,
  });
  return printed.join('\n');
}

describe('posthorn mailboxes', () => {
  it('makes, renames and moves them by their paths, and shows what is in them', async () => {
    expect(await run(mailboxes)).toMatch(/Inbox {2}1 messages, 1 unread\n/);
    expect(await run(mailboxes, 'make', 'Projects')).toMatch(/ {2}Projects {2}0 messages/);
    await run(mailboxes, 'make', '2025', '--in', 'projects');
    expect(await run(mailboxes, 'rename', 'Projects/2025', '2026')).toContain('  Projects/2026  ');
    expect(await run(move, message, 'PROJECTS/2026')).toBe('1 moved');
    expect(await run(list, 'Projects/2026')).toContain(message);
    expect(await run(list)).toBe('');
    expect(await run(mailboxes, 'move', 'Projects/2026')).toContain('  2026  1 messages, 1 unread');
    await run(mailboxes, 'move', '2026', '--in', 'Projects');
    expect(await run(mailboxes, 'delete', 'Projects')).toBe('deleted; 1 messages are in the trash');
    expect(await run(list, 'trash')).toContain(message);
    expect(await run(mailboxes, 'empty', 'trash')).toBe('1 messages');
    expect(await run(mailboxes)).not.toContain('Projects');
  });

  it('says what is missing on the command line, and what is not there', async () => {
    for (const args of [['dance'], ['make'], ['rename', 'inbox'], ['delete'], ['move']])
      await expect(run(mailboxes, ...args), args.join(' ')).rejects.toThrow(UsageError);
    await expect(run(mailboxes, 'delete', 'nowhere')).rejects.toMatchObject({ code: 'mailbox-unknown' });
    await expect(run(mailboxes, 'delete', 'trash')).rejects.toMatchObject({ code: 'mailbox-refused' });
    await expect(run(mailboxes, 'make', 'a/b')).rejects.toMatchObject({ code: 'mailbox-refused' });
    await expect(run(move, 'trash')).rejects.toThrow(UsageError);
    await expect(run(list, 'nowhere')).rejects.toMatchObject({ code: 'mailbox-unknown' });
  });
});

describe('posthorn tags', () => {
  it('makes them and gives them to messages', async () => {
    const stored = await core.inside.session.require(alice.id).messages.receive(received());
    if (stored.outcome !== 'stored') throw new Error('not stored');
    const { id } = stored.summary;
    const keywords = async () =>
      (await core.call('messages.read', { identityId: alice.id, messageId: id })).summary.keywords;
    expect(await run(tags, 'make', 'Work', '--colour', 'red')).toBe('Work  red  work');
    await run(tags, 'set', 'WORK', id);
    expect(await keywords()).toEqual(['work']);
    expect(await run(tags, 'rename', 'work', 'Trabajo')).toBe('Trabajo  red  work');
    await run(tags, 'unset', 'trabajo', id);
    expect(await keywords()).toBeUndefined();
    expect(await run(tags, 'delete', 'work')).toBe('');
    for (const args of [['make'], ['make', 'x', '--colour', 'mud'], ['set', 'nowhere', id], ['dance', 'x']])
      await expect(run(tags, ...args), args.join(' ')).rejects.toThrow(UsageError);
  });
});
