import type { Fingerprint } from '../../../../shared/ids';
import type { RingCertification } from '../../ports/storage/keyring-records';
import { addCertifications, byId } from './add-certifications';
import { fromBlob } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Keyring } from '../../ports/storage/keyring';

type RingCertifications = Pick<
  Keyring,
  | 'addCertifications'
  | 'markVerified'
  | 'dropCertifications'
  | 'unverifiedBy'
  | 'certificationsOn'
  | 'verifiedCertifications'
>;

/** The certifications by others on the keys of one identity's ring. */
export function createRingCertifications({ sql, writer }: StoreParts): RingCertifications {
  return {
    addCertifications: (certifications) => writer.write(() => addCertifications(sql, certifications)),
    markVerified: (marks) =>
      writer.write(() => {
        for (const { id, issuer } of [...marks].sort(byId))
          sql.run('UPDATE ring_certifications SET verified = 1, issuer = $issuer WHERE id = $id', { id, issuer });
      }),
    dropCertifications: (ids) =>
      writer.write(() => {
        for (const id of [...ids].sort()) sql.run('DELETE FROM ring_certifications WHERE id = $id', { id });
      }),
    unverifiedBy: ({ fingerprint, keyId }) =>
      sql.all<CertificationRow>(SELECT_UNVERIFIED, { fingerprint, keyId }).map(toCertification),
    certificationsOn: (subject) =>
      sql
        .all<CertificationRow>(
          `SELECT ${ALL} FROM ring_certifications WHERE subject = $subject ORDER BY created_at DESC, id`,
          { subject },
        )
        .map(toCertification),
    verifiedCertifications: ({ after = '', limit }) =>
      sql
        .all<FactRow & { issuer: Fingerprint }>(
          `SELECT ${FACTS} FROM ring_certifications WHERE verified = 1 AND id > $after ORDER BY id LIMIT $limit`,
          { after, limit },
        )
        .map((row) => ({ ...toFacts(row), issuer: row.issuer })),
  };
}

type FactRow = {
  id: string;
  subject: Fingerprint;
  issuer: Fingerprint | null;
  kind: 'certification' | 'revocation';
  level: 0 | 1 | 2 | 3;
  created_at: number;
  expires_at: number | null;
  trust_depth: number | null;
  trust_amount: number | null;
  trust_regex: string | null;
  exportable: number;
};
type CertificationRow = FactRow & { issuer_key_id: string; verified: number; body: Uint8Array<ArrayBuffer> };

/** All of these are in the index of verified ones, so that reading a page of them touches nothing else. */
const FACTS =
  'id, subject, issuer, kind, level, created_at, expires_at, trust_depth, trust_amount, trust_regex, exportable';
const ALL = `${FACTS}, issuer_key_id, verified, body`;

/** A signature that names its issuer by fingerprint is not looked up by its key ID, which another key may share. */
const SELECT_UNVERIFIED = `
  SELECT ${ALL} FROM ring_certifications WHERE verified = 0 AND issuer = $fingerprint
  UNION ALL
  SELECT ${ALL} FROM ring_certifications WHERE verified = 0 AND issuer IS NULL AND issuer_key_id = $keyId`;

function toFacts(row: FactRow): Omit<ReturnType<Keyring['verifiedCertifications']>[number], 'issuer'> {
  return {
    id: row.id,
    subject: row.subject,
    kind: row.kind,
    level: row.level,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...trustOf(row),
    exportable: row.exportable === 1,
  };
}

function trustOf({
  trust_depth: depth,
  trust_amount: amount,
  trust_regex: regex,
}: FactRow): Pick<RingCertification, 'trust'> {
  if (depth === null || amount === null) return {};
  return { trust: { depth, amount, ...(regex === null ? {} : { regex }) } };
}

function toCertification(row: CertificationRow): RingCertification {
  return {
    ...toFacts(row),
    ...(row.issuer === null ? {} : { issuer: row.issuer }),
    issuerKeyId: row.issuer_key_id,
    verified: row.verified === 1,
    body: fromBlob(row.body),
  };
}
