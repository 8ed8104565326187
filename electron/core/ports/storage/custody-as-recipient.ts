import type { ContactId, OnionHost } from '../../../../shared/ids';
import type { HeldEnvelopeFacts } from '../custody-crypto';
import type { TokenSeed } from './custody-records';

/** What others keep for us: the tokens that contacts have from us, and what has not come. */
export type CustodyAsRecipient = {
  /** Of a contact, made when asked for the first time (`fresh`). */
  tokenSeed(o: { contactId: ContactId; fresh: () => TokenSeed }): TokenSeed;
  /** Forgets the seed of a contact who may no longer learn our holders: the next one is new. */
  dropTokenSeed(contactId: ContactId): void;
  /**
   * After a restore, the number of tokens used since the backup is unknown. Every contact gets another seed, and some
   * of the tokens that we have from them are left out: a token used twice tells a holder that a sender came again.
   */
  loseCount(): void;
  /** The next number that a contact has not been seen to use at a holder. */
  nextTokenOf(o: { contactId: ContactId; holder: OnionHost }): number;
  recordTokenUsed(o: { contactId: ContactId; holder: OnionHost; index: number }): void;
  /** The last holder list that was sent to the contact, with its time, as JSON; undefined for none. */
  listSent(contactId: ContactId): string | undefined;
  putListSent(o: { contactId: ContactId; content: string | undefined }): void;
  /** Records the counter of an envelope and what was outstanding; answers what is newly missing. */
  recordEnvelope(o: {
    contactId: ContactId;
    facts: HeldEnvelopeFacts;
    messageId: string;
    now: number;
  }): { readonly messageId: string; readonly holder?: OnionHost }[];
  /** A message arrived, directly or from a holder: it is no longer missing. */
  recordArrived(o: { contactId: ContactId; messageId: string }): void;
  missing(): {
    readonly contactId: ContactId;
    readonly holder?: OnionHost;
    readonly count: number;
    readonly since: number;
  }[];
  dismissMissing(contactId: ContactId): void;
};
