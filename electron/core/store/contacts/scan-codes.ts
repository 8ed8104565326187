import { createHash } from 'node:crypto';
import { MAX_OPEN_SCAN_CODES } from '../../domain/limits';
import { requireContact } from './contact-store';
import type { StoreParts } from '../sql/store-parts';
import type { ScanCodes } from '../../ports/storage/scan-codes';

/**
 * One-time codes: those shown on our screen, and those from contacts' cards, which the next mail to them carries.
 */
export function createScanCodes({ sql, writer }: StoreParts): ScanCodes {
  return {
    add: ({ code, expiresAt }) =>
      writer.write(() => {
        const hash = hashOf(code);
        sql.run(
          'INSERT INTO scan_codes (hash, expires_at) VALUES ($hash, $expiresAt) ON CONFLICT DO UPDATE SET expires_at = $expiresAt',
          { hash, expiresAt },
        );
        sql.run(DROP_SURPLUS, { hash, limit: MAX_OPEN_SCAN_CODES });
      }),
    use: ({ code, now }) =>
      writer.write(() => {
        sql.run('DELETE FROM scan_codes WHERE expires_at <= $now', { now });
        return sql.run('DELETE FROM scan_codes WHERE hash = $hash', { hash: hashOf(code) }) === 1;
      }),
    putToSend: ({ contactId, code }) =>
      writer.write(() => {
        requireContact(sql, contactId);
        sql.run(
          'INSERT INTO codes_to_send (contact_id, code) VALUES ($contactId, $code) ON CONFLICT DO UPDATE SET code = $code',
          { contactId, code },
        );
      }),
    toSend: (contactId) =>
      sql.get<{ code: string }>('SELECT code FROM codes_to_send WHERE contact_id = $contactId', { contactId })?.code,
  };
}

/** Hashed, so that a reader of this database, as in a backup, cannot use a code. */
function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** The code that is on the screen now is always kept; of the others those that end first go. */
const DROP_SURPLUS = `
  DELETE FROM scan_codes WHERE hash IN (
    SELECT hash FROM scan_codes ORDER BY hash = $hash DESC, expires_at DESC LIMIT -1 OFFSET $limit)`;
