import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MailboxId, MessageId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import { received } from '../../store/testing/store-fixtures';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';

let network: LoopbackNetwork;
let core: TestCore;
let own: Identity;
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  own = await makeIdentity(core, 'alice');
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

const me = () => ({ identityId: own.id });
const mail = () => core.inside.session.require(own.id);
const make = (name: string, parentId?: MailboxId) =>
  core.call('mailboxes.create', { ...me(), name, ...(parentId === undefined ? {} : { parentId }) });
const list = () => core.call('mailboxes.list', me());
const byId = async (id: MailboxId): Promise<MailboxSummary | undefined> => (await list()).find((box) => box.id === id);
async function fill(folder: MailboxId, messages: number): Promise<MessageId[]> {
  const ids: MessageId[] = [];
  for (let count = 0; count < messages; count += 1) {
    const stored = await mail().messages.receive(received());
    if (stored.outcome === 'stored') ids.push(stored.summary.id);
  }
  await core.call('messages.move', { ...me(), messageIds: ids, folder });
  return ids;
}
const where = async (messageId: MessageId) => (await core.call('messages.read', { ...me(), messageId })).summary.folder;
const failing = (code: string) => expect.objectContaining({ code }) as Error;

describe('a mailbox of one’s own', () => {
  it('is made, renamed, moved with all that lies in it, and keeps its mail and UIDs', async () => {
    const [work, home] = [await make('Work'), await make('Home')];
    const inner = await make(' Pro\u0301jects ', work.id);
    expect(inner).toMatchObject({ name: 'Prójects', parentId: work.id, messages: 0 });
    const [id] = await fill(inner.id, 1);
    const before = mail().mailboxes.state(inner.id);
    await core.call('mailboxes.rename', { ...me(), mailboxId: inner.id, name: 'Plans' });
    await core.call('mailboxes.move', { ...me(), mailboxId: work.id, parentId: home.id });
    expect(await byId(inner.id)).toMatchObject({ name: 'Plans', parentId: work.id, messages: 1, unseen: 1 });
    const { highestModseq: _one, ...state } = mail().mailboxes.state(inner.id);
    const { highestModseq: _other, ...kept } = before;
    expect(state).toEqual(kept);
    expect((await core.call('messages.page', { ...me(), folder: inner.id, limit: 5 })).messages).toMatchObject([
      { id },
    ]);
    await expect(core.call('mailboxes.move', { ...me(), mailboxId: home.id, parentId: inner.id })).rejects.toThrow(
      failing('mailbox-refused'),
    );
    await core.call('mailboxes.move', { ...me(), mailboxId: work.id });
    expect(await byId(work.id)).not.toHaveProperty('parentId');
  });

  it.each(['a/b', '..', '\u202egpj', 'a\0b', '%'])('is not called %j, and nothing is made', async (name) => {
    const before = await list();
    await expect(make(name)).rejects.toThrow(failing('mailbox-refused'));
    expect(await list()).toEqual(before);
  });

  it('deletes its whole tree; the mail lies in the trash', async () => {
    const outer = await make('Outer');
    const inner = await make('Inner', outer.id);
    const ids = [...(await fill(outer.id, 3)), ...(await fill(inner.id, 45))];
    expect(await core.call('mailboxes.delete', { ...me(), mailboxId: outer.id })).toEqual({ moved: 48 });
    expect(await byId(outer.id)).toBeUndefined();
    expect(await byId(inner.id)).toBeUndefined();
    for (const id of ids) expect(await where(id)).toBe('trash');
    await expect(core.call('mailboxes.delete', { ...me(), mailboxId: outer.id })).rejects.toThrow(
      failing('mailbox-unknown'),
    );
  });

  it('loses nothing that is moved there, or made there, while it is deleted', async () => {
    const outer = await make('Busy');
    await fill(outer.id, 50);
    const late = await fill((await list()).find(({ specialUse }) => specialUse === 'archive')!.id, 30);
    const deleting = core.call('mailboxes.delete', { ...me(), mailboxId: outer.id });
    for (const id of late) {
      await core.call('messages.move', { ...me(), messageIds: [id], folder: outer.id }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'mailbox-unknown' });
      });
      await make(`late ${id}`, outer.id).catch(() => undefined);
    }
    await deleting;
    const all = await list();
    expect(all.filter(({ id, parentId }) => id === outer.id || parentId === outer.id)).toEqual([]);
    for (const id of late) expect(['trash', 'archive']).toContain(await where(id));
  });
});

describe('emptying', () => {
  it('deletes what is in the trash, but not what comes there meanwhile', async () => {
    const box = await make('Full');
    const ids = await fill(box.id, 60);
    await core.call('mailboxes.empty', { ...me(), mailbox: 'trash' });
    expect(await core.call('mailboxes.empty', { ...me(), mailbox: box.id })).toEqual({ messages: 60 });
    const [late] = await fill(box.id, 1);
    const emptying = core.call('mailboxes.empty', { ...me(), mailbox: 'trash' });
    // In the same turn of the event loop it has begun, and has parts to go.
    await core.call('messages.move', { ...me(), messageIds: [late!], folder: 'trash' });
    expect(await emptying).toEqual({ messages: 60 });
    for (const messageId of ids)
      await expect(core.call('messages.read', { ...me(), messageId })).rejects.toThrow(failing('message-unknown'));
    expect(await where(late!)).toBe('trash');
  });

  it.each(['inbox', 'drafts', 'outbox', 'sent'] as const)('is nothing for %s', async (mailbox) => {
    await expect(core.call('mailboxes.empty', { ...me(), mailbox })).rejects.toThrow(failing('mailbox-refused'));
  });
});

describe('the seven', () => {
  it('keep their names and places, whatever is asked', async () => {
    const before = await list();
    const target = await make('Target');
    for (const { id: mailboxId, specialUse } of before) {
      if (specialUse === undefined) continue;
      for (const ask of [
        core.call('mailboxes.rename', { ...me(), mailboxId, name: 'Other' }),
        core.call('mailboxes.move', { ...me(), mailboxId, parentId: target.id }),
        core.call('mailboxes.delete', { ...me(), mailboxId }),
      ])
        await expect(ask).rejects.toThrow(failing('mailbox-refused'));
    }
    expect(await list()).toEqual([...before, target]);
  });
});

describe('tags', () => {
  it('have keywords that other mail programs can show, and keep them when they are renamed', async () => {
    const made = await core.call('tags.create', { ...me(), name: 'Holiday plans', colour: 'teal' });
    expect(made).toEqual({ keyword: 'holiday-plans', name: 'Holiday plans', colour: 'teal' });
    const bare = await core.call('tags.create', { ...me(), name: '休暇', colour: 'red' });
    expect(bare.keyword).toMatch(/^tag-[0-9a-f-]{36}$/);
    expect((await core.call('tags.create', { ...me(), name: '$Junk', colour: 'red' })).keyword).toMatch(/^tag-/);
    const renamed = await core.call('tags.update', { ...me(), keyword: made.keyword, name: 'Urlaub' });
    expect(renamed).toEqual({ ...made, name: 'Urlaub' });
    await expect(core.call('tags.update', { ...me(), keyword: bare.keyword, name: 'URLAUB' })).rejects.toThrow(
      failing('mailbox-exists'),
    );
    await expect(core.call('tags.create', { ...me(), name: '\u200b', colour: 'red' })).rejects.toThrow(
      failing('mailbox-refused'),
    );
    const [messageId] = await fill((await make('Tagged')).id, 1);
    const told = core.when('message.changed', ({ message }) => message.id === messageId);
    await core.call('messages.setKeywords', { ...me(), messageIds: [messageId!], add: [made.keyword], remove: [] });
    expect((await told).message.keywords).toEqual([made.keyword]);
    await core.call('tags.delete', { ...me(), keyword: made.keyword });
    expect((await core.call('messages.read', { ...me(), messageId: messageId! })).summary).not.toHaveProperty(
      'keywords',
    );
  });
});
