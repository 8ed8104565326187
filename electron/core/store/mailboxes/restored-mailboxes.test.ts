import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Keyword, MailboxId } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import type { MailStore } from '../../ports/storage/mail-store';
import { checkMail } from '../backup/backup-check';
import { copyMail } from '../backup/backup-copy';
import { createMailStore } from '../mail-store';
import { openTestStore, received, recorder } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

let test: TestStore;
let copy: string;
let restored: MailStore | undefined;
beforeEach(() => {
  test = openTestStore();
  copy = join(test.path, '..', 'copy.db');
});
afterEach(() => {
  restored?.close();
  restored = undefined;
  test.remove();
});

const receive = async (): Promise<MessageId> => {
  const stored = await test.store.messages.receive(received());
  if (stored.outcome !== 'stored') throw new Error('not stored');
  return stored.summary.id;
};

/** As it comes out of a backup that was made now. */
function backUp(withMail: boolean): () => MailStore {
  copyMail({ from: test.path, key: test.key, to: copy, withMail });
  return () => {
    expect(checkMail({ path: copy, key: test.key })).toMatchObject({ outcome: 'good' });
    restored = createMailStore({ path: copy, key: test.key, identityId: test.identityId, events: recorder() });
    return restored;
  };
}

it('mail of a restored backup has its UIDs, and no UID that was given since is given again', async () => {
  const { mailboxes, messages, tags } = test.store;
  const own = mailboxes.make({ id: MailboxId.parse(randomUUID()), name: 'Own' }).id;
  tags.put({ keyword: Keyword.parse('work'), name: 'Work', colour: 'red' });
  const [first, second] = [await receive(), await receive()];
  messages.move([second], own);
  const before = mailboxes.entries({ mailbox: 'inbox', limit: 9 });
  const restore = backUp(true);
  // Since then a mail program has seen more.
  for (let number = 0; number < 20; number += 1) await receive();
  messages.setFlags([first], { flagged: true });
  const known = mailboxes.state('inbox');
  const store = restore();
  const after = store.mailboxes.entries({ mailbox: 'inbox', limit: 9 });
  expect(after.map(({ uid, messageId }) => [uid, messageId])).toEqual(
    before.map((entry) => [entry.uid, entry.messageId]),
  );
  expect(store.mailboxes.state(own)).toMatchObject({ messages: 1 });
  expect(store.tags.all()).toHaveLength(1);
  const state = store.mailboxes.state('inbox');
  expect(state.uidValidity).toBe(known.uidValidity);
  expect(state.uidNext).toBeGreaterThan(known.uidNext + 1_000_000);
  expect(state.uidNext).toBeLessThan(2 ** 32);
  expect(state.highestModseq).toBeGreaterThan(known.highestModseq);
  expect(Number.isSafeInteger(state.highestModseq)).toBe(true);
  // What it knows is of no use: it is told so, and that everything may be another.
  expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq: known.highestModseq })).toBeUndefined();
  const changed = store.mailboxes.entries({ mailbox: 'inbox', changedSince: known.highestModseq, limit: 9 });
  expect(changed.map(({ uid, flagged }) => [uid, flagged])).toEqual([[1, false]]);
  const stored = await store.messages.receive(received());
  expect(stored.outcome).toBe('stored');
  expect(store.mailboxes.entries({ mailbox: 'inbox', limit: 9 }).at(-1)?.uid).toBe(state.uidNext);
  expect(store.mailboxes.expungedSince({ mailbox: 'inbox', modseq: state.highestModseq })).toEqual([]);
});

it('a backup without mail has the mailboxes and tags, and counts nothing in them', async () => {
  const { mailboxes, messages, tags } = test.store;
  const outer = mailboxes.make({ id: MailboxId.parse(randomUUID()), name: 'Outer' }).id;
  const inner = mailboxes.make({ id: MailboxId.parse(randomUUID()), name: 'Inner', parentId: outer }).id;
  tags.put({ keyword: Keyword.parse('work'), name: 'Work', colour: 'red' });
  messages.move([await receive()], inner);
  await receive();
  const known = mailboxes.state(inner);
  const store = backUp(false)();
  expect(store.mailboxes.all()).toEqual(mailboxes.all().map((box) => ({ ...box, messages: 0, unseen: 0 })));
  expect(store.mailboxes.state(inner)).toMatchObject({ uidValidity: known.uidValidity, messages: 0, octets: 0 });
  expect(store.mailboxes.state(inner).uidNext).toBeGreaterThan(known.uidNext);
  expect(store.tags.all()).toHaveLength(1);
  expect((await store.messages.receive(received())).outcome).toBe('stored');
  expect(store.mailboxes.state('inbox').messages).toBe(1);
});
