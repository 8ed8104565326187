import type { Migration } from '../../sql/migrations';

/** The mailbox of `from_address`: its local part without the tag (PROTOCOL.md 1). */
const MAILBOX_OF_SENDER = `
  CASE WHEN instr(messages.from_address, '+') BETWEEN 2 AND instr(messages.from_address, '@')
    THEN substr(messages.from_address, 1, instr(messages.from_address, '+') - 1)
      || substr(messages.from_address, instr(messages.from_address, '@'))
    ELSE messages.from_address END`;

/**
 * Version 10: which key signed a message is kept with it, what was known of a key when it was replaced, and when one
 * was found revoked. A message from before counts as signed by the contact's key only when this contact, who had to be
 * one by then, has never shown another; everywhere else the signer stays unknown.
 */
export const signersMigration: Migration = {
  version: 10,
  statements: `
    ALTER TABLE messages ADD COLUMN signer TEXT;
    ALTER TABLE replaced_keys ADD COLUMN standing TEXT;
    ALTER TABLE ring_keys ADD COLUMN revoked_at INTEGER;
    CREATE INDEX messages_by_introduced_signer ON messages (signer) WHERE introduced_by IS NOT NULL;
    UPDATE messages SET signer = (
      SELECT c.fingerprint FROM contacts c
      WHERE c.address = (${MAILBOX_OF_SENDER}) AND c.public_key IS NOT NULL AND c.added_at <= messages.stored_at
        AND NOT EXISTS (SELECT 1 FROM replaced_keys r WHERE r.address = c.address)
        AND NOT EXISTS (SELECT 1 FROM ring_keys k WHERE k.address = c.address AND k.fingerprint <> c.fingerprint)
    ) WHERE protection IN ('verified', 'unverified');
  `,
};
