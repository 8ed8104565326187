import type { Migration } from '../../sql/migrations';

/**
 * Version 12: a large content lies in pieces. The column that held its octets has its row in `contents` instead, a
 * number (the driver binds a real). What nothing links, as what a crash left of a message on its way in, is freed piece
 * by piece. Numbers are not used again: whoever reads a content while it is deleted must not get another.
 */
export const contentsMigration: Migration = {
  version: 12,
  statements: `
    CREATE TABLE contents (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      size INTEGER NOT NULL DEFAULT 0,
      is_linked INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX contents_unlinked ON contents (row) WHERE is_linked = 0;
    CREATE TABLE content_pieces (
      row INTEGER PRIMARY KEY,
      content_row INTEGER NOT NULL REFERENCES contents (row) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      octets BLOB NOT NULL
    );
    CREATE UNIQUE INDEX content_pieces_in_order ON content_pieces (content_row, number);
    ${(
      [
        ['attachment_contents', 'content'],
        ['wire_copies', 'content'],
        ['held_contents', 'content'],
        ['custodies', 'envelope'],
      ] as const
    )
      .map(
        ([table, column]) => `
    CREATE TRIGGER ${table}_unlink AFTER DELETE ON ${table} WHEN typeof(OLD.${column}) IN ('integer', 'real')
      BEGIN UPDATE contents SET is_linked = 0 WHERE row = OLD.${column}; END;`,
      )
      .join('')}
    CREATE TRIGGER custodies_change AFTER UPDATE OF envelope ON custodies
      WHEN typeof(OLD.envelope) IN ('integer', 'real') AND OLD.envelope IS NOT NEW.envelope
      BEGIN UPDATE contents SET is_linked = 0 WHERE row = OLD.envelope; END;
  `,
};
