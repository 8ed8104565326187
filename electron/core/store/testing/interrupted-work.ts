import { Keyword } from '../../../../shared/ids';
import type { IdentityId, MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { MailStore } from '../../ports/storage/mail-store';
import { createMailStore } from '../mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { upgradeDatabase } from '../sql/upgrade-database';

/** What a work has committed: these messages lie in that mailbox now, or are gone. */
export type Committed = { readonly ids: readonly MessageId[]; readonly now: MailboxRef | 'gone' };

export type MailFile = { readonly path: string; readonly key: Uint8Array; readonly identityId: IdentityId };

type Work = (file: MailFile, tell: (committed: Committed) => void) => Promise<void>;

/** So many of the window's bulk actions share a commit as here (`STEP` in renderer/actions/messages/in-steps.ts). */
const AT_ONCE = 20;

/** Opens the mail of a file, which must have the newest form. */
export function openMailFile(file: MailFile): MailStore {
  return createMailStore({ ...file, events: { publish: () => undefined } });
}

function idsIn(store: MailStore, mailbox: MailboxRef): MessageId[] {
  return store.mailboxes.entries({ mailbox, limit: 10_000 }).map(({ messageId }) => messageId);
}

function inStore(steps: (store: MailStore, tell: (committed: Committed) => void) => void): Work {
  return async (file, tell) => {
    const store = openMailFile(file);
    try {
      steps(store, tell);
      // What a commit leaves to do afterwards is cut short, too.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      store.close();
    }
  };
}

function eachStep(all: readonly MessageId[], change: (ids: MessageId[]) => void): void {
  for (let at = 0; at < all.length; at += AT_ONCE) change(all.slice(at, at + AT_ONCE));
}

/**
 * What may be cut short at any moment, by a kill or a full disk, and begun anew: each tells after a commit what it has
 * done, and does the rest when it is run again.
 */
export const interruptedWork = {
  upgrade: ({ path, key }, tell) =>
    upgradeDatabase({
      path,
      key,
      migrations: mailMigrations,
      busy: () => undefined,
      told: () => tell({ ids: [], now: 'inbox' }),
      isWanted: () => true,
    }),
  move: inStore((store, tell) => {
    for (const id of idsIn(store, 'inbox')) {
      store.messages.move([id], 'archive');
      tell({ ids: [id], now: 'archive' });
    }
  }),
  expunge: inStore((store, tell) => {
    for (const id of idsIn(store, 'trash')) {
      store.messages.delete([id]);
      tell({ ids: [id], now: 'gone' });
    }
  }),
  reindex: inStore((store, tell) => {
    for (let isMore = true; isMore;) {
      isMore = store.search.indexRest();
      tell({ ids: [], now: 'inbox' });
    }
  }),
  bulk: inStore((store, tell) => {
    eachStep(idsIn(store, 'inbox'), (ids) => {
      store.messages.setFlags(ids, { seen: true, flagged: true });
      store.tags.setKeywords({ messageIds: ids, add: [Keyword.parse('done')], remove: [] });
      store.messages.move(ids, 'archive');
      tell({ ids, now: 'archive' });
    });
  }),
} satisfies Record<string, Work>;

export type WorkName = keyof typeof interruptedWork;
