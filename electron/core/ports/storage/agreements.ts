import type { AgreementId } from '../../../../shared/ids';
import type { Agreement } from './custody-records';

/** Agreements of both roles: as client and as holder. Every change announces `holding.changed`. */
export type Agreements = {
  all(): Agreement[];
  find(id: AgreementId): Agreement | undefined;
  /** Adds or replaces. */
  put(agreement: Agreement): void;
  change(
    id: AgreementId,
    change: Partial<
      Pick<
        Agreement,
        'state' | 'holderSignature' | 'endedAt' | 'endedBy' | 'reachedAt' | 'tokensIssuedAt' | 'handedOver' | 'faults'
      >
    >,
  ): void;
  /** With everything that belongs to it, held mail too. */
  remove(id: AgreementId): void;
};
