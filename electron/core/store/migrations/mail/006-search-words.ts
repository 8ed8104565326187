import type { Migration } from '../../sql/migrations';

/**
 * Version 6: the index holds words folded by Posthorn (`indexForm`), and the tokenizer only splits at ASCII. What was
 * indexed before stays in `messages_fts` until its turn comes: `unindexed` lists it, and the program works it off while
 * it runs, newest first. `messages_fts` is empty from then on.
 */
export const searchWordsMigration: Migration = {
  version: 6,
  statements: `
    CREATE VIRTUAL TABLE search_words USING fts5 (subject, body, addresses, attachments, tokenize = 'ascii');
    INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1);
    CREATE TABLE unindexed (message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE);
    INSERT INTO unindexed (message_row) SELECT row FROM mail;
  `,
};
