import type { AgreementId } from '../../../../shared/ids';
import type { Agreement } from './custody-records';

/** Who keeps mail for whom, in both roles. Every change announces `holding.changed`. */
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
  /** With all that hangs on it; what is held too. */
  remove(id: AgreementId): void;
};
