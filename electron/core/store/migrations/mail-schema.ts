import type { Migration } from '../sql/migrations';
import { messagesMigration } from './mail/001-messages';
import { trustMigration } from './mail/002-trust';
import { custodyMigration } from './mail/003-custody';
import { mailViewMigration } from './mail/004-mail-view';
import { writtenOrderMigration } from './mail/005-written-order';
import { searchWordsMigration } from './mail/006-search-words';
import { conversationsMigration } from './mail/007-conversations';
import { heldTriesMigration } from './mail/008-held-tries';
import { budgetsMigration } from './mail/009-budgets';
import { signersMigration } from './mail/010-signers';
import { remediesMigration } from './mail/011-remedies';
import { contentsMigration } from './mail/012-contents';
import { mailboxesMigration } from './mail/013-mailboxes';
import { searchIndexMigration } from './mail/014-search-index';
import { writersMigration } from './mail/015-writers';
import { revokedKeysMigration } from './mail/016-revoked-keys';
import { sortedListsMigration } from './mail/017-sorted-lists';
import { servedMailMigration } from './mail/018-served-mail';
import { clientMailMigration } from './mail/019-client-mail';
import { shortTurnsMigration } from './mail/020-short-turns';
import { mailingListsMigration } from './mail/021-mailing-lists';
import { gatewayMigration } from './mail/023-gateway';
import { programsRememberedMigration } from './mail/025-programs-remembered';

/**
 * One identity's mail. Lists read the view `mail` of `messages` alone: texts, attachment contents and wire copies have
 * tables of their own. `sequence` grows for ever per identity in the order of arrival, `ordered_at` is what lists stand
 * by; `row` joins the tables and may be reused after a deletion.
 */
export const mailMigrations: readonly Migration[] = [
  messagesMigration,
  trustMigration,
  custodyMigration,
  mailViewMigration,
  writtenOrderMigration,
  searchWordsMigration,
  conversationsMigration,
  heldTriesMigration,
  budgetsMigration,
  signersMigration,
  remediesMigration,
  contentsMigration,
  mailboxesMigration,
  searchIndexMigration,
  writersMigration,
  revokedKeysMigration,
  sortedListsMigration,
  servedMailMigration,
  clientMailMigration,
  shortTurnsMigration,
  mailingListsMigration,
  gatewayMigration,
  programsRememberedMigration,
];
