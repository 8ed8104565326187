import { refused, type PosthornError } from '../../../../shared/errors';
import type { AgreementState, HolderFaults } from '../../../../shared/custody';
import type { AgreementId, MailAddress } from '../../../../shared/ids';
import type { AgreementTerms } from '../../../../shared/wire/control-message';
import type { Agreement } from '../../ports/storage/custody-records';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Agreements } from '../../ports/storage/agreements';

/** Agreements to hold mail, of both roles, in the order in which they were asked for. */
export function createAgreements({ sql, identityId, writer }: StoreParts): Agreements {
  return {
    all: () => sql.all<AgreementRow>(`${SELECT_AGREEMENTS} ORDER BY asked_at, row`).map(toAgreement),
    find: (id) => find(sql, id),
    put: (agreement) =>
      writer.write((emit) => {
        put(sql, agreement);
        emit({ type: 'holding.changed', identityId });
      }),
    change: (id, change) =>
      writer.write((emit) => {
        const before = find(sql, id);
        if (before === undefined) throw unknownAgreement();
        put(sql, { ...before, ...change });
        emit({ type: 'holding.changed', identityId });
      }),
    remove: (id) =>
      writer.write((emit) => {
        if (sql.run('DELETE FROM agreements WHERE id = $id', { id }) === 1)
          emit({ type: 'holding.changed', identityId });
      }),
  };
}

type AgreementRow = {
  id: AgreementId;
  role: Agreement['role'];
  peer: MailAddress;
  state: AgreementState;
  agreed: string;
  client_signature: string;
  holder_signature: string | null;
  asked_at: number;
  ended_at: number | null;
  ended_by: NonNullable<Agreement['endedBy']> | null;
  reached_at: number | null;
  tokens_issued_at: number | null;
  handed_over: number;
  faults: string;
};

const SELECT_AGREEMENTS = `
  SELECT id, role, peer, state, agreed, client_signature, holder_signature, asked_at, ended_at, ended_by, reached_at, tokens_issued_at,
    handed_over, faults FROM agreements`;

/**
 * What belongs to an agreement stays when it is put again. The other side chooses the id, so a row of another role or
 * of another person with the same id is not overwritten.
 */
const PUT_AGREEMENT = `
  INSERT INTO agreements (id, role, peer, state, agreed, quota_bytes, client_signature, holder_signature, asked_at, ended_at, ended_by,
    reached_at, tokens_issued_at, handed_over, faults)
  VALUES ($id, $role, $peer, $state, $agreed, $quotaBytes, $clientSignature, $holderSignature, $askedAt, $endedAt, $endedBy,
    $reachedAt, $tokensIssuedAt, $handedOver, $faults)
  ON CONFLICT (id) DO UPDATE SET state = $state, agreed = $agreed, quota_bytes = $quotaBytes, client_signature = $clientSignature,
    holder_signature = $holderSignature, asked_at = $askedAt, ended_at = $endedAt, ended_by = $endedBy, reached_at = $reachedAt,
    tokens_issued_at = $tokensIssuedAt, handed_over = $handedOver, faults = $faults
  WHERE role = $role AND peer = $peer`;

function find(sql: SqlConnection, id: AgreementId): Agreement | undefined {
  const row = sql.get<AgreementRow>(`${SELECT_AGREEMENTS} WHERE id = $id`, { id });
  return row === undefined ? undefined : toAgreement(row);
}

function put(sql: SqlConnection, agreement: Agreement): void {
  if (sql.run(PUT_AGREEMENT, toParameters(agreement)) === 1) return;
  throw refused(
    'hold-refused',
    'agreement-differs',
    'An agreement with somebody else has this number. Nothing was changed.',
  );
}

function toParameters(agreement: Agreement): SqlParameters {
  return {
    id: agreement.id,
    role: agreement.role,
    peer: agreement.peer,
    state: agreement.state,
    agreed: JSON.stringify(agreement.agreed),
    quotaBytes: agreement.agreed.terms.quotaBytes,
    clientSignature: agreement.clientSignature,
    holderSignature: agreement.holderSignature ?? null,
    askedAt: agreement.askedAt,
    endedAt: agreement.endedAt ?? null,
    endedBy: agreement.endedBy ?? null,
    reachedAt: agreement.reachedAt ?? null,
    tokensIssuedAt: agreement.tokensIssuedAt ?? null,
    handedOver: agreement.handedOver,
    faults: JSON.stringify(agreement.faults),
  };
}

function toAgreement(row: AgreementRow): Agreement {
  return {
    id: row.id,
    role: row.role,
    peer: row.peer,
    state: row.state,
    agreed: JSON.parse(row.agreed) as AgreementTerms,
    clientSignature: row.client_signature,
    ...(row.holder_signature === null ? {} : { holderSignature: row.holder_signature }),
    askedAt: row.asked_at,
    ...endOf(row),
    ...(row.reached_at === null ? {} : { reachedAt: row.reached_at }),
    ...(row.tokens_issued_at === null ? {} : { tokensIssuedAt: row.tokens_issued_at }),
    handedOver: row.handed_over,
    faults: JSON.parse(row.faults) as HolderFaults,
  };
}

function endOf(row: AgreementRow): Pick<Agreement, 'endedAt' | 'endedBy'> {
  return {
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.ended_by === null ? {} : { endedBy: row.ended_by }),
  };
}

function unknownAgreement(): PosthornError {
  return refused('hold-refused', 'agreement-unknown', 'This agreement is no longer there. Nothing was changed.');
}
