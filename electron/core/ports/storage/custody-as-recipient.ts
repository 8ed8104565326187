import type { ContactId, OnionHost } from '../../../../shared/ids';
import type { HeldEnvelopeFacts } from '../custody-crypto';
import type { TokenSeed } from './custody-records';

/** What others keep for us: the tokens that contacts have from us, and what has not come. */
export type CustodyAsRecipient = {
  /** Of a contact, made when asked for the first time (`fresh`). */
  tokenSeed(o: { contactId: ContactId; fresh: () => TokenSeed }): TokenSeed;
  /** A new seed when a contact may learn our holders no longer. */
  dropTokenSeed(contactId: ContactId): void;
  /**
   * This profile was restored, and how many tokens were used since its backup is unknown: every contact gets another
   * seed, and of theirs some are left out, because a spent one tells a holder who comes again.
   */
  loseCount(): void;
  /** The next number that a contact has not been seen to use at a holder. */
  nextTokenOf(o: { contactId: ContactId; holder: OnionHost }): number;
  recordTokenUsed(o: { contactId: ContactId; holder: OnionHost; index: number }): void;
  /** When the contact was sent the card that they have, and what it said; undefined for none. */
  listSent(contactId: ContactId): string | undefined;
  putListSent(o: { contactId: ContactId; content: string | undefined }): void;
  /** Notes the counter of an envelope and what was outstanding; answers what is newly missing. */
  recordEnvelope(o: {
    contactId: ContactId;
    facts: HeldEnvelopeFacts;
    messageId: string;
    now: number;
  }): { readonly messageId: string; readonly holder?: OnionHost }[];
  /** A message came, in whatever way: it is missing no longer. */
  recordArrived(o: { contactId: ContactId; messageId: string }): void;
  missing(): {
    readonly contactId: ContactId;
    readonly holder?: OnionHost;
    readonly count: number;
    readonly since: number;
  }[];
  dismissMissing(contactId: ContactId): void;
};
