import type { IdentityId, MailAddress } from '../../../shared/ids';
import { present } from '../../../shared/present';
import type { MailParts, MailStore } from '../ports/storage/mail-store';
import type { Events, Log } from '../ports/runtime';
import { createAnnouncer } from './sql/announcer';
import { createClientMail } from './clients/client-mail';
import { createContactStore } from './contacts/contact-store';
import { createDraftStore } from './messages/draft-store';
import { createGroupCommit, type GroupCommit } from './sql/group-commit';
import { createScanCodes } from './contacts/scan-codes';
import { createControlMessages } from './control/control-messages';
import { createAcceptedTokens } from './custody/accepted-tokens';
import { createAgreements } from './custody/agreements';
import { createCustodies } from './custody/custodies';
import { freeOctets } from './files/free-octets';
import { createHeldMail } from './custody/held-mail';
import { createHolderLists } from './custody/holder-lists';
import { createIssuedTokens } from './custody/issued-tokens';
import { createMissingMail, dropArrived } from './custody/missing-mail';
import { createOutstandingMail } from './custody/outstanding-mail';
import { createPrivateOnions } from './access/private-onions';
import { createEnclosures } from './outbox/enclosures';
import { createMailingLists } from './lists/mailing-list-store';
import { createMailboxStore } from './mailboxes/mailbox-store';
import { touchedSince } from './mailboxes/touched-since';
import { createTagStore } from './mailboxes/tag-store';
import { createMessageHistory } from './messages/message-history';
import { createMessageSearch } from './search/message-search';
import { leftoverWords } from './search/leftover-words';
import { mailMigrations } from './migrations/mail-schema';
import { createMessageChanges } from './messages/message-changes';
import { createMessageStore } from './messages/message-store';
import { createMessageSummaries } from './messages/message-summaries';
import { openDatabase } from './sql/open-database';
import { createOutboxStore } from './outbox/outbox-store';
import { createRelayRecords } from './gateway/relay-records';
import { createReceive } from './messages/received-messages';
import { hasReceived } from './messages/seen-messages';
import { queueControlRow } from './control/queue-control';
import { createKeyring } from './keyring/keyring';
import { insertServed } from './served/served-rows';
import { createServedMail } from './served/served-store';
import { unservedMessages } from './served/serve-stored';
import { unfinishedCopies } from './served/unfinished-copies';
import { createStorageAmounts } from './storage-amounts';
import { trimLog } from './sql/trim-log';
import { createWriter } from './sql/transaction';
import { createTurns } from './sql/turns';
import { Chores } from './sql/chores';
import { StoredContents } from './contents/stored-contents';
import { unlinkedContents } from './contents/unlinked-contents';

export type CreateMailStore = {
  readonly path: string;
  /** 32 octets; this identity's own database key. */
  readonly key: Uint8Array;
  readonly identityId: IdentityId;
  /** Our own, which tells other programs how much mail that arrived is worth. */
  readonly address?: MailAddress;
  readonly events: Pick<Events, 'publish'>;
  /** `existing` (the usual one) refuses to begin anew where a file should be. */
  readonly mode?: 'create' | 'existing';
  readonly log?: Log;
  /** Called before an older file is brought up to date, which can take minutes. */
  readonly migrating?: () => void;
  /** Octets that are free for it; absent: those of the disk that the file is on. */
  readonly freeDisk?: () => number;
};

/**
 * Opens one identity's mail. Throws `store-damaged` for a missing, cut or damaged file and for a wrong key, and leaves
 * the file as it is. Several transactions never run at once: every write is synchronous, and shared commits run between
 * calls.
 */
export function createMailStore(o: CreateMailStore): MailStore {
  const { path, key, identityId, address, events, mode = 'existing', log, freeDisk = () => freeOctets(path) } = o;
  const sql = openDatabase({ path, key, migrations: mailMigrations, mode, migrating: o.migrating });
  try {
    return assemble({ sql, path, identityId, events, freeDisk, ...present({ log, address }) });
  } catch (error) {
    sql.close();
    throw error;
  }
}

type Assembly = { readonly sql: ReturnType<typeof openDatabase>; readonly freeDisk: () => number } & Pick<
  CreateMailStore,
  'path' | 'identityId' | 'address' | 'events' | 'log'
>;

function assemble(o: Assembly): MailStore {
  const { sql, path, identityId, events, log, freeDisk } = o;
  const announcer = createAnnouncer({
    identityId,
    events,
    touchedSince: (modseq) => touchedSince(sql, identityId, modseq),
    ...present({ log }),
  });
  let isOpen = true;
  // Later, so that nothing stands between a commit and the reply to whom it answers.
  const tidy = (): void => {
    setImmediate(() => {
      if (isOpen) tidyUp({ sql, path, chores: [chores, serving] }, log);
    });
  };
  const writer = createWriter({
    sql,
    committed: (committed) => {
      announcer.committed(committed);
      tidy();
    },
  });
  const turns = createTurns();
  const contents = new StoredContents({ sql, writer, turns, freeDisk, released: tidy });
  const chores = new Chores({
    writer,
    turns,
    chores: [unlinkedContents(sql, () => contents.inHand())],
    ...present({ log }),
  });
  // Apart: strangers' mail waits for what is freed, and must not wait for this.
  const serving = new Chores({
    writer,
    turns,
    chores: [unfinishedCopies({ sql, identityId }), leftoverWords(sql), unservedMessages({ sql, address: o.address })],
    ...present({ log }),
  });
  tidy();
  const group = createGroupCommit(writer);
  return {
    ...partsOf({ ...o, writer, group, contents, freed: () => chores.idle() }),
    close: () => {
      group.flush();
      isOpen = false;
      sql.close();
    },
  };
}

type Joined = Assembly & {
  readonly writer: ReturnType<typeof createWriter>;
  readonly group: GroupCommit;
  readonly contents: StoredContents;
  readonly freed: () => Promise<void>;
};

function partsOf({ sql, identityId, writer, ...keeping }: Joined): MailParts {
  const { contents } = keeping;
  const summaries = createMessageSummaries({ sql, identityId });
  const parts = { sql, identityId, writer, summaries };
  return {
    messages: {
      ...createMessageStore({ sql, summaries, contents }),
      ...createMessageChanges(parts),
      receive: createReceive(parts, {
        ...keeping,
        insertServed,
        queueControl: queueControlRow,
        dropMissing: dropArrived,
      }),
      hasReceived: (by) => hasReceived(sql, by),
    },
    mailboxes: createMailboxStore(parts),
    tags: createTagStore(parts),
    clients: createClientMail(parts),
    contents: {
      stage: (octets, use) => contents.stage(octets, use),
      stageAll: (all, use) => contents.stageAll(all, use),
    },
    served: createServedMail({ ...parts, address: keeping.address }, keeping),
    search: createMessageSearch({ ...parts, contents }),
    drafts: createDraftStore(parts),
    outbox: { ...createOutboxStore(parts, contents), ...createEnclosures(parts), ...createMessageHistory(parts) },
    contacts: createContactStore(parts),
    keyring: createKeyring(parts),
    scanCodes: createScanCodes(parts),
    custody: {
      agreements: createAgreements(parts),
      asHolder: { ...createAcceptedTokens(parts), ...createHeldMail(parts, keeping) },
      asRecipient: { ...createIssuedTokens(parts), ...createMissingMail(parts) },
      asSender: { ...createHolderLists(parts), ...createCustodies(parts, contents), ...createOutstandingMail(parts) },
    },
    control: createControlMessages(parts),
    lists: createMailingLists(parts),
    access: createPrivateOnions(parts),
    relay: createRelayRecords(parts),
    storage: createStorageAmounts(sql, keeping.freeDisk),
  };
}

/** The change is committed: a disk that is full now must not make it look failed. */
function tidyUp(
  o: Pick<Assembly, 'sql' | 'path'> & { readonly chores: readonly Chores[] },
  log: Log | undefined,
): void {
  try {
    trimLog(o.sql, o.path);
    for (const each of o.chores) each.wake();
  } catch {
    log?.warn('store.not-tidied');
  }
}
