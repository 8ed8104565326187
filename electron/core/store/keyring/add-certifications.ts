import { MAX_FOREIGN_CERTIFICATIONS, MAX_UNVERIFIED_CERTIFICATIONS } from '../../domain/key-limits';
import type { RingCertification } from '../../ports/storage/keyring-records';
import type { SqlConnection } from '../sql/sql-connection';
import { toBlob } from '../sql/sql-connection';

/**
 * Adds what is not there yet and answers how many stayed. A verified certification replaces its unverified copy: a
 * signature fits one key only, so a copy that somebody put on another key must not keep it out.
 */
export function addCertifications(sql: SqlConnection, certifications: readonly RingCertification[]): number {
  const newest = sql.get<{ row: number | null }>('SELECT max(row) AS row FROM ring_certifications')?.row ?? 0;
  const sorted = [...certifications].sort(byId);
  let added = 0;
  for (const certification of sorted) added += sql.run(ADD_CERTIFICATION, toParameters(certification));
  for (const subject of new Set(sorted.map((each) => each.subject)))
    added -= drop(sql, newest, sql.all<{ row: number }>(SURPLUS, { subject, limit: MAX_FOREIGN_CERTIFICATIONS }));
  return added - dropUnverified(sql, newest);
}

/** Counted before they are sorted: nearly always there are few. */
function dropUnverified(sql: SqlConnection, newest: number): number {
  const { count } = sql.get<{ count: number }>(UNVERIFIED) ?? { count: 0 };
  if (count <= MAX_UNVERIFIED_CERTIFICATIONS) return 0;
  return drop(sql, newest, sql.all<{ row: number }>(SURPLUS_UNVERIFIED, { limit: MAX_UNVERIFIED_CERTIFICATIONS }));
}

const UNVERIFIED = 'SELECT count(*) AS count FROM ring_certifications WHERE verified = 0';

/** Of each key its newest first: who floods one key pushes out nothing of the others. */
const SURPLUS_UNVERIFIED = `
  SELECT row FROM (
    SELECT row, row_number() OVER (PARTITION BY subject ORDER BY created_at DESC, row) AS nth
    FROM ring_certifications WHERE verified = 0)
  ORDER BY nth, row LIMIT -1 OFFSET $limit`;

/** The order of the index: many changes in it touch each page once. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

const ADD_CERTIFICATION = `
  INSERT INTO ring_certifications (id, subject, issuer, issuer_key_id, verified, kind, level, created_at, expires_at, trust_depth,
    trust_amount, trust_regex, exportable, body)
  VALUES ($id, $subject, $issuer, $issuerKeyId, $verified, $kind, $level, $createdAt, $expiresAt, $trustDepth,
    $trustAmount, $trustRegex, $exportable, $body)
  ON CONFLICT (id) DO UPDATE SET subject = $subject, issuer = $issuer, verified = 1 WHERE verified = 0 AND $verified = 1`;

/** Deletes the surplus and answers how many rows younger than `newest` were in it. */
function drop(sql: SqlConnection, newest: number, surplus: readonly { readonly row: number }[]): number {
  for (const { row } of surplus) sql.run('DELETE FROM ring_certifications WHERE row = $row', { row });
  return surplus.filter(({ row }) => row > newest).length;
}

/**
 * The oldest of each kind go, so that a revocation outlives what it revokes. Issuers with the most rows lose theirs
 * first: otherwise one issuer could push out all others.
 */
const SURPLUS = `
  SELECT row FROM (
    SELECT row, verified, created_at,
      row_number() OVER (PARTITION BY verified, coalesce(issuer, issuer_key_id) ORDER BY created_at DESC, row) AS nth
    FROM ring_certifications WHERE subject = $subject)
  ORDER BY verified DESC, nth, created_at DESC, row LIMIT -1 OFFSET $limit`;

function toParameters(certification: RingCertification): Parameters<SqlConnection['run']>[1] {
  const { trust, issuer } = certification;
  return {
    id: certification.id,
    subject: certification.subject,
    issuer: issuer ?? null,
    issuerKeyId: certification.issuerKeyId,
    verified: Number(certification.verified && issuer !== undefined),
    kind: certification.kind,
    level: certification.level,
    createdAt: certification.createdAt,
    expiresAt: certification.expiresAt ?? null,
    trustDepth: trust?.depth ?? null,
    trustAmount: trust?.amount ?? null,
    trustRegex: trust?.regex ?? null,
    exportable: Number(certification.exportable),
    body: toBlob(certification.body),
  };
}
