import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailboxId } from '../../../../shared/ids';
import { InstallId, InvitationId, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { writeEntry } from '../../domain/lists/write-entry';
import type { EntryShelf } from '../../domain/lists/entry-shelf';
import type { Entry, EntryKind } from '../../domain/lists/entry';
import { checkMail } from '../backup/backup-check';
import { copyMail } from '../backup/backup-copy';
import { createMailStore } from '../mail-store';
import { ALICE, BOB, CAROL, NOW, openTestStore, recorder, type TestStore } from '../testing/store-fixtures';

const id = MailingListId.parse('a'.repeat(52));
const install = InstallId.parse('b'.repeat(26));
const stored = {
  id,
  genesis: new Uint8Array([1, 2, 3]),
  standing: 'joining',
  mailbox: MailboxId.parse(randomUUID()),
  install,
} as const;

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
  test.store.lists.add(stored);
});
afterEach(() => {
  test.remove();
});

function write(shelf: EntryShelf, kind: EntryKind, text: string, isBranch = false): Entry {
  const made = writeEntry(
    {
      crypto: { sha256: (of) => createHash('sha256').update(of).digest('hex') },
      shelf,
      sign: () => 'A'.repeat(86),
    },
    { list: id, author: ALICE, install, kind, body: new Uint8Array(Buffer.from(text)), now: NOW },
  );
  shelf.put({ ...made, isBranch });
  return made.entry;
}

describe('the lists that are kept', () => {
  it('are there after a restart, with what was said on them', () => {
    const entries = test.store.lists.onShelf(id, (shelf) => [write(shelf, 'post', 'one'), write(shelf, 'post', '')]);
    test.store.lists.change(id, { standing: 'member' });
    const { lists } = test.reopen();
    expect(lists.all()).toEqual([{ ...stored, standing: 'member' }]);
    lists.onShelf(id, (shelf) => {
      const [log] = shelf.logs();
      expect(log).toMatchObject({ author: ALICE, install, lane: 'posts', next: 2, posts: 2, head: entries[1]!.id });
      expect(log).not.toHaveProperty('forkedAt');
      expect(shelf.entries({ ...log!, from: 0 })).toEqual(entries);
      expect(shelf.entries({ ...log!, from: 0, limit: 1 })).toEqual([entries[0]]);
      expect(shelf.at({ ...log!, number: 1 })).toEqual([entries[1]]);
      expect([shelf.has(entries[0]!.id), shelf.log({ ...log!, author: BOB })]).toEqual([true, undefined]);
    });
  });

  it('say nothing by halves', () => {
    const run = () =>
      test.store.lists.onShelf(id, (shelf) => {
        write(shelf, 'change', 'one');
        throw new Error('stopped');
      });
    test.events.clear();
    expect(run).toThrow();
    expect(test.store.lists.onShelf(id, (shelf) => shelf.logs())).toEqual([]);
    expect(test.events.seen).toEqual([]);
    const unknown = MailingListId.parse('c'.repeat(52));
    expect(() => test.store.lists.onShelf(unknown, () => 0)).toThrow(expect.objectContaining({ code: 'list-unknown' }));
  });

  it('announce what changes in their ledger', () => {
    test.events.clear();
    test.store.lists.onShelf(id, (shelf) => write(shelf, 'post', 'one'));
    expect(test.events.types()).toEqual([]);
    test.store.lists.onShelf(id, (shelf) => write(shelf, 'change', 'one'));
    expect(test.events.types()).toEqual(['lists.changed']);
  });

  it('name the posts that are to be filed, and no branches', () => {
    test.store.lists.onShelf(id, (shelf) => {
      write(shelf, 'post', 'one');
      write(shelf, 'change', 'two');
      write(shelf, 'post', 'three', true);
      write(shelf, 'post', 'four');
    });
    const { lists } = test.store;
    const texts = (after = 0, limit = 9) =>
      lists.unfiled({ after, limit }).map(({ entry }) => Buffer.from(entry.body).toString());
    expect([texts(), texts(0, 1)]).toEqual([['one', 'four'], ['one']]);
    const [first] = lists.unfiled({ after: 0, limit: 1 });
    expect(texts(first!.row)).toEqual(['four']);
    lists.setFiled(first!.row);
    expect(texts()).toEqual(['four']);
  });

  it('know invitations and what each member fetched', () => {
    const { lists } = test.store;
    const invitation = {
      id: InvitationId.parse(randomUUID()),
      isOurs: true,
      state: 'open',
      peer: BOB,
      expiresAt: NOW,
      genesis: stored.genesis,
    } as const;
    lists.putInvitation(invitation);
    lists.putInvitation({ ...invitation, state: 'accepted' });
    expect(lists.invitations()).toEqual([{ ...invitation, state: 'accepted' }]);
    lists.putPeer(id, { address: BOB, day: 1, octets: 2, askedAt: 3 });
    lists.putPeer(id, { address: BOB, day: 4, octets: 5, askedAt: 6 });
    expect([lists.peer(id, BOB), lists.peer(id, CAROL)]).toEqual([{ day: 4, octets: 5, askedAt: 6 }, undefined]);
  });

  it('have no installation after a restore: the copy never writes into the log of the other', () => {
    test.store.lists.onShelf(id, (shelf) => write(shelf, 'post', 'one'));
    const copy = join(test.path, '..', 'copy.db');
    copyMail({ from: test.path, key: test.key, to: copy, withMail: true });
    expect(checkMail({ path: copy, key: test.key })).toMatchObject({ outcome: 'good' });
    const restored = createMailStore({
      path: copy,
      key: test.key,
      identityId: test.identityId,
      events: recorder(),
    });
    expect(restored.lists.find(id)).not.toHaveProperty('install');
    expect(restored.lists.onShelf(id, (shelf) => shelf.logs())).toHaveLength(1);
    expect(test.store.lists.find(id)).toMatchObject({ install });
    restored.close();
  });
});
