import type { Migration } from '../sql/migrations';
import { messagesMigration } from './mail/001-messages';
import { trustMigration } from './mail/002-trust';
import { custodyMigration } from './mail/003-custody';
import { mailViewMigration } from './mail/004-mail-view';
import { signersMigration } from './mail/005-signers';
import { remediesMigration } from './mail/006-remedies';

/**
 * One identity's mail. Lists read the view `mail` of `messages` alone: texts, attachment contents and wire copies have
 * tables of their own. `sequence` grows for ever per identity; `row` joins the tables and may be reused after a
 * deletion.
 */
export const mailMigrations: readonly Migration[] = [
  messagesMigration,
  trustMigration,
  custodyMigration,
  mailViewMigration,
  signersMigration,
  remediesMigration,
];
