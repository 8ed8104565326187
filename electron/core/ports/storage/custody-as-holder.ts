import type { AgreementId, CustodyId } from '../../../../shared/ids';
import type { HeldTries } from '../../domain/custody/judge-offer';
import type { HeldMail, HoldOutcome } from './custody-records';

/** What this program needs to keep mail for others. */
export type CustodyAsHolder = {
  /** Replaces the tokens that were not used, unless a newer list is there. At most MAX_TOKENS are kept. */
  putTokens(o: { agreementId: AgreementId; issuedAt: number; hashes: readonly Uint8Array[] }): void;
  hasToken(o: { agreementId: AgreementId; hash: Uint8Array }): boolean;
  /**
   * Octets that the agreement still has room for; under a token that was used, at least those that were left under it:
   * they need no more.
   */
  roomFor(agreementId: AgreementId, token?: Uint8Array): number;
  /** Uses the token and keeps the content in one commit, within the quota. */
  hold(o: { mail: HeldMail; token: Uint8Array; content: Uint8Array }): Promise<HoldOutcome>;
  /** Newest first, without content. */
  held(agreementId: AgreementId): HeldMail[];
  heldTotals(agreementId: AgreementId): {
    readonly messages: number;
    readonly bytes: number;
    readonly oldestAt?: number;
  };
  heldContent(id: CustodyId): Promise<Uint8Array | undefined>;
  recordHeldTries(id: CustodyId, tries: HeldTries): void;
  /** Adds running time to the age of everything that is held. */
  ageHeld(milliseconds: number): void;
  /** Forgets held messages; `handedOver` counts them for the agreement. Their tokens stay used. */
  dropHeld(ids: readonly CustodyId[], o: { handedOver: boolean }): void;
};
