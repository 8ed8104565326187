import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MessageSummary } from '../../../../shared/message';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';

describe('a draft, and the message it becomes', () => {
  let network: LoopbackNetwork;
  let core: TestCore;
  let alice: Identity;
  beforeAll(async () => {
    network = await LoopbackNetwork.start();
    core = await makeTestCore(network);
    alice = await makeIdentity(core, 'alice');
  });
  afterAll(async () => {
    await core.remove();
    await network.stop();
  });

  /** The row of a message as its list shows it before and after it was submitted. */
  async function bothRows(o: {
    text: string;
    inReplyTo?: string;
  }): Promise<Record<'draft' | 'queued', MessageSummary>> {
    const content = { to: [alice.address], cc: [], bcc: [], subject: 'Cider', ...o };
    const { id } = await core.call('drafts.save', { identityId: alice.id, content });
    const { messages } = await core.call('messages.page', { identityId: alice.id, folder: 'drafts', limit: 10 });
    const draft = messages.find((message) => message.id === id)!;
    return { draft, queued: await core.call('messages.submit', { identityId: alice.id, draftId: id }) };
  }

  it.each([
    ['quotes', '> Shall we?\n> On Sunday?\n\nWe shall.\n-----\nAlice', 'We shall. Alice'],
    ['one long word', 'a'.repeat(300), 'a'.repeat(160)],
    ['characters of two units', `${'a'.repeat(159)}🍏🍐`, `${'a'.repeat(159)}🍏`],
    ['many lines', '  one\r\n\ttwo  \n\n three', 'one two three'],
  ])('have one preview, with %s', async (_name, text, preview) => {
    const { draft, queued } = await bothRows({ text });
    expect([draft.preview, queued.preview]).toEqual([preview, preview]);
  });

  it('stand in the thread of what they answer, which is answered once they are submitted', async () => {
    const { queued: original } = await bothRows({ text: 'Shall we?' });
    expect(original.threadId).not.toBe('');
    const { draft, queued } = await bothRows({ text: 'We shall.', inReplyTo: original.id });
    expect([draft.threadId, queued.threadId]).toEqual([original.threadId, original.threadId]);
    const answer = await core.call('messages.read', { identityId: alice.id, messageId: queued.id });
    expect(answer.inReplyTo).toBe(original.id);
    const { summary } = await core.call('messages.read', { identityId: alice.id, messageId: original.id });
    expect(summary.answered).toBe(true);
    expect(original.answered).toBe(false);
  });

  it('begin a thread of their own when what they answered is gone', async () => {
    const { queued: original } = await bothRows({ text: 'Shall we?' });
    const missing = original.id.replace(/.{8}$/, '00000000');
    const { draft, queued } = await bothRows({ text: 'We shall.', inReplyTo: missing });
    expect(draft.threadId).toBe(draft.id);
    expect(queued.threadId).toMatch(/^<.+>$/);
  });
});
