import type { Migration } from '../../sql/migrations';

/**
 * Version 23: an identity may be a gateway to ordinary e-mail. Names outside are never given to anybody else, so their
 * rows stay. Of letters nothing is kept here but names and places; texts lie in `messages` until they were delivered.
 */
export const gatewayMigration: Migration = {
  version: 23,
  statements: `
    CREATE TABLE gateway (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      is_on INTEGER NOT NULL,
      domain TEXT NOT NULL,
      lmtp_port INTEGER NOT NULL,
      mta_port INTEGER NOT NULL,
      results_of TEXT
    );
    CREATE TABLE relay_agreements (
      row INTEGER PRIMARY KEY,
      participant TEXT NOT NULL UNIQUE,
      until INTEGER NOT NULL,
      letters_a_day INTEGER NOT NULL,
      replies_only INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      ended_at INTEGER
    );
    CREATE TABLE relay_aliases (
      row INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      participant TEXT NOT NULL REFERENCES relay_agreements (participant) ON DELETE RESTRICT,
      made_at INTEGER NOT NULL,
      ended_at INTEGER
    );
    CREATE TABLE relayed_in (
      row INTEGER PRIMARY KEY,
      inside_id TEXT NOT NULL UNIQUE,
      outside_id TEXT,
      participant TEXT NOT NULL,
      alias TEXT,
      correspondent TEXT,
      others TEXT NOT NULL,
      note TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX relayed_in_by_people ON relayed_in (participant, correspondent);
    CREATE TABLE relayed_out (
      row INTEGER PRIMARY KEY,
      message_id TEXT NOT NULL UNIQUE,
      participant TEXT NOT NULL,
      state TEXT NOT NULL,
      inside_id TEXT NOT NULL,
      outside_id TEXT UNIQUE,
      alias TEXT,
      waiting TEXT NOT NULL,
      tries INTEGER NOT NULL,
      next_try_at INTEGER NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX relayed_out_due ON relayed_out (next_try_at) WHERE state = 'waiting';
    CREATE INDEX relayed_out_by_day ON relayed_out (participant, at);
  `,
};
