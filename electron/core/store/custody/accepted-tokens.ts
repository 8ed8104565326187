import type { AgreementId, CustodyId } from '../../../../shared/ids';
import type { HeldMail } from '../../ports/storage/custody-records';
import type { SqlConnection } from '../sql/sql-connection';
import { toBlob } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { CustodyAsHolder } from '../../ports/storage/custody-as-holder';
import { MAX_TOKENS } from '../../domain/custody-limits';

type AcceptedTokens = Pick<CustodyAsHolder, 'putTokens' | 'hasToken'>;

/**
 * Tokens that senders to a client may spend here. A used token is remembered with its receipt, also after the mail was
 * handed over, and for every agreement with that client: the list of a renewed agreement may still name tokens that
 * were used under the one before.
 */
export function createAcceptedTokens({ sql, writer }: StoreParts): AcceptedTokens {
  return {
    putTokens: (list) =>
      writer.write(() => {
        putTokens(sql, list);
      }),
    hasToken: ({ agreementId, hash }) =>
      usedToken(sql, { agreementId, hash }) !== undefined || isOpenToken(sql, { agreementId, hash }),
  };
}

type Token = { readonly agreementId: AgreementId; readonly hash: Uint8Array };

/** Whether the token may be used now. No token of an agreement that takes nothing new may. */
export function isOpenToken(sql: SqlConnection, { agreementId, hash }: Token): boolean {
  const query = `
    SELECT 1 AS one FROM open_tokens t JOIN agreements a ON a.id = t.agreement_id
    WHERE t.agreement_id = $agreementId AND t.hash = $hash AND a.role = 'holder' AND a.state = 'active'`;
  return sql.get(query, { agreementId, hash: toBlob(hash) }) !== undefined;
}

type UsedRow = {
  agreement_id: AgreementId;
  custody_id: CustodyId;
  digest: string;
  size: number;
  held_at: number;
  held_until: number;
  signature: string;
};

/**
 * What was left here under this token, under this agreement or another with the same client. `attempts` and `keptMs`
 * are 0, because the mail may be gone already.
 */
export function usedToken(sql: SqlConnection, { agreementId, hash }: Token): HeldMail | undefined {
  const row = sql.get<UsedRow>(
    `SELECT u.agreement_id, u.custody_id, u.digest, u.size, u.held_at, u.held_until, u.signature
     FROM used_tokens u JOIN agreements a ON a.id = u.agreement_id
     WHERE u.hash = $hash AND ${SAME_CLIENT} ORDER BY u.row LIMIT 1`,
    { agreementId, hash: toBlob(hash) },
  );
  if (row === undefined) return undefined;
  const { agreement_id, custody_id, digest, size, held_at, held_until, signature } = row;
  return {
    id: custody_id,
    agreementId: agreement_id,
    size,
    digest,
    heldAt: held_at,
    until: held_until,
    signature,
    attempts: 0,
    refusals: 0,
    keptMs: 0,
  };
}

/** Of agreements `a`: those by which we hold for the client of $agreementId. */
export const SAME_CLIENT = `a.role = 'holder' AND a.peer = (SELECT peer FROM agreements WHERE id = $agreementId AND role = 'holder')`;

/** Uses an open token up for a message. Call it in the transaction that stores the message. */
export function useToken(
  sql: SqlConnection,
  { mail, hash }: { readonly mail: HeldMail; readonly hash: Uint8Array },
): void {
  sql.run('DELETE FROM open_tokens WHERE agreement_id = $agreementId AND hash = $hash', {
    agreementId: mail.agreementId,
    hash: toBlob(hash),
  });
  sql.run(
    `INSERT INTO used_tokens (agreement_id, hash, custody_id, digest, size, held_at, held_until, signature)
     VALUES ($agreementId, $hash, $id, $digest, $size, $heldAt, $until, $signature)`,
    {
      agreementId: mail.agreementId,
      hash: toBlob(hash),
      id: mail.id,
      digest: mail.digest,
      size: mail.size,
      heldAt: mail.heldAt,
      until: mail.until,
      signature: mail.signature,
    },
  );
}

function putTokens(
  sql: SqlConnection,
  { agreementId, issuedAt, hashes }: Parameters<AcceptedTokens['putTokens']>[0],
): void {
  const isNewest = sql.run(
    `UPDATE agreements SET tokens_listed_at = $issuedAt
     WHERE id = $agreementId AND role = 'holder' AND coalesce(tokens_listed_at, 0) <= $issuedAt`,
    { agreementId, issuedAt },
  );
  if (isNewest === 0) return;
  // In the order of the table, which fills it in half the time.
  const list = JSON.stringify(
    hashes
      .slice(0, MAX_TOKENS)
      .map((hash) => Buffer.from(hash).toString('hex'))
      .sort(),
  );
  sql.run('DELETE FROM open_tokens WHERE agreement_id = $agreementId', { agreementId });
  sql.run(INSERT_OPEN, { agreementId, list });
  sql.run(DROP_SURPLUS_USED, { agreementId, limit: MAX_TOKENS });
}

/** A used token stays used, even when a later list names it again. */
const INSERT_OPEN = `
  INSERT OR IGNORE INTO open_tokens (agreement_id, hash)
  SELECT $agreementId, unhex(value) FROM json_each($list)
  WHERE NOT EXISTS (SELECT 1 FROM used_tokens u JOIN agreements a ON a.id = u.agreement_id WHERE u.hash = unhex(value) AND ${SAME_CLIENT})`;

/** The token of a message that is still held is never dropped. */
const DROP_SURPLUS_USED = `
  DELETE FROM used_tokens WHERE row IN (
    SELECT u.row FROM used_tokens u WHERE u.agreement_id = $agreementId
      AND NOT EXISTS (SELECT 1 FROM held_mail h WHERE h.id = u.custody_id)
    ORDER BY u.row DESC LIMIT -1 OFFSET $limit)`;
