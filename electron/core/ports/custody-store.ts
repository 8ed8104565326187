import type { AgreementState, HistoryEntry, HolderFaults } from '../../../shared/holding';
import type {
  AgreementId,
  ContactId,
  CustodyId,
  DeliveryId,
  MailAddress,
  MessageId,
  OnionHost,
} from '../../../shared/ids';
import type { AgreementTerms, HolderCard, ControlMessage } from '../../../shared/control-message';
import type { CustodyReceipt } from '../domain/custody/custody';
import type { HeldEnvelopeFacts } from './custody-crypto';

/** An agreement as either side keeps it. `role`: ours. */
export type Agreement = {
  readonly id: AgreementId;
  readonly role: 'client' | 'holder';
  /** The other one. */
  readonly peer: MailAddress;
  readonly state: AgreementState;
  readonly agreed: AgreementTerms;
  readonly clientSignature: string;
  readonly holderSignature?: string;
  readonly askedAt: number;
  readonly endedAt?: number;
  readonly endedBy?: 'us' | 'them' | 'time';
  /** As a client: when it last answered ETRN. */
  readonly reachedAt?: number;
  /** As a client: when the token list that it has was made. */
  readonly tokensIssuedAt?: number;
  readonly handedOver: number;
  readonly faults: HolderFaults;
  /** The agreement that this one is to take the place of. */
  readonly renews?: AgreementId;
};

/** A message we keep for a client. */
export type HeldMail = {
  readonly id: CustodyId;
  readonly agreementId: AgreementId;
  readonly size: number;
  readonly digest: string;
  readonly heldAt: number;
  readonly until: number;
  readonly signature: string;
  readonly attempts: number;
  /** Milliseconds of running time that it has been kept: clock jumps do not count. */
  readonly keptMs: number;
};

export type HoldOutcome =
  | { readonly outcome: 'held'; readonly mail: HeldMail }
  /** The same octets under the same token came before: their 250 was lost. */
  | { readonly outcome: 'held-before'; readonly mail: HeldMail }
  | { readonly outcome: 'full' }
  | { readonly outcome: 'token-unknown' };

/**
 * A copy that was or is to be left with a holder. `envelope` is kept until the holder has answered, so that a retry is
 * the same octets.
 */
export type Custody = {
  readonly deliveryId: DeliveryId;
  readonly holder: OnionHost;
  readonly token: string;
  readonly tokenIndex: number;
  readonly state: 'sending' | 'held' | 'refused';
  readonly receipt?: CustodyReceipt;
};

/** Milliseconds; a private way to a contact, or to us. */
export type ContactOnion = { readonly onion: OnionHost; readonly authKey: Uint8Array; readonly issuedAt: number };

/** One onion under which a private identity is reached, and whom it admits. */
export type OwnPrivateOnion = {
  readonly seed: Uint8Array;
  readonly admitted: readonly { readonly contactId: ContactId; readonly secret: Uint8Array }[];
};

/** From which the tokens of one contact follow: 32 random octets, and the number to begin with. */
export type TokenSeed = { readonly seed: Uint8Array; readonly first: number };

/**
 * A message that another program of ours writes to a contact's: hidden from folders, gone when delivered or given up.
 */
export type NewControl = {
  readonly messageId: MessageId;
  readonly deliveryId: DeliveryId;
  readonly rfcMessageId: string;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly control: ControlMessage;
  /** What it is about: of two with one topic to one person only the newer is worth sending (`controlTopic`). */
  readonly topic: string;
  readonly date: number;
  readonly expiresAt: number;
};

/** Everything holders need remembered. Part of `MailStore`: each write is one committed transaction. */
export type HoldingStore = {
  // Agreements, in both roles. Every change announces `holding.changed`.
  agreements(): Agreement[];
  agreement(id: AgreementId): Agreement | undefined;
  /** Adds or replaces. */
  putAgreement(agreement: Agreement): void;
  changeAgreement(
    id: AgreementId,
    change: Partial<
      Pick<
        Agreement,
        'state' | 'holderSignature' | 'endedAt' | 'endedBy' | 'reachedAt' | 'tokensIssuedAt' | 'handedOver' | 'faults'
      >
    >,
  ): void;
  /** With all that hangs on it; what is held too. */
  removeAgreement(id: AgreementId): void;

  // As a holder.
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
  heldContent(id: CustodyId): Uint8Array | undefined;
  recordHeldTry(id: CustodyId): void;
  /** Adds running time to the age of everything that is held. */
  ageHeld(milliseconds: number): void;
  /** Forgets held messages; `handedOver` counts them for the agreement. Their tokens stay used. */
  dropHeld(ids: readonly CustodyId[], o: { handedOver: boolean }): void;

  // As a client: the tokens that contacts have from us.
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

  // As a sender: holders of contacts.
  holderList(contactId: ContactId): HolderCard | undefined;
  /** Replaces an older one. Tokens go on from where they were. */
  putHolderList(o: { contactId: ContactId; card: HolderCard }): void;
  /** A holder that refused is left alone until then. */
  holderRestsUntil(o: { contactId: ContactId; holder: OnionHost }): number | undefined;
  restHolder(o: { contactId: ContactId; holder: OnionHost; until: number }): void;
  custodies(deliveryId: DeliveryId): Custody[];
  /**
   * Takes the next token number for this holder, for one copy of one delivery; one that was taken for a copy nobody
   * answered for comes first.
   */
  takeToken(o: { contactId: ContactId; holder: OnionHost }): number;
  /** Numbers the delivery among those to this contact that go to holders, once and for all. */
  counterOf(o: { contactId: ContactId; deliveryId: DeliveryId }): number;
  putCustody(o: { custody: Custody; envelope: Uint8Array }): void;
  heldEnvelopeOf(o: { deliveryId: DeliveryId; holder: OnionHost }): Uint8Array | undefined;
  /**
   * Ends `sending`, drops the envelope; with a receipt the delivery becomes `held` and its life is made as long as the
   * custody.
   */
  settleCustody(o: { deliveryId: DeliveryId; holder: OnionHost; receipt?: CustodyReceipt }): void;
  /** Unfinished deliveries to a contact that have a receipt, newest first. */
  outstanding(contactId: ContactId): {
    readonly deliveryId: DeliveryId;
    readonly rfcMessageId: string;
    readonly counter: number;
    readonly receipts: readonly CustodyReceipt[];
  }[];
  /** A delivery of ours by the Message-ID of its message and its recipient's mailbox, finished or not; for receipts. */
  deliveryOf(o: { rfcMessageId: string; recipient: MailAddress }): DeliveryId | undefined;

  // As a recipient: what has not come.
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

  // History of messages written here.
  /** Several tries in a row with the same reason are one entry. */
  addHistory(entry: Omit<HistoryEntry, 'holderContactId' | 'times' | 'recipient'>): void;
  history(messageId: MessageId): HistoryEntry[];
  recordRead(o: { deliveryId: DeliveryId; at: number }): void;

  // Notes between programs.
  /**
   * Queues a note with its one delivery; an undelivered note with the same topic to the same recipient gives way,
   * unless it is being sent.
   */
  queueControl(control: NewControl): void;
  /** Marks a note as received; false when it was before. */
  recordControl(by: { readonly from: MailAddress; readonly rfcMessageId: string }): boolean;

  // Private identities.
  isPrivate(): boolean;
  setPrivate(isPrivate: boolean): void;
  /** Our doors, oldest first. */
  ownPrivateOnions(): OwnPrivateOnion[];
  addPrivateOnion(seed: Uint8Array): void;
  removePrivateOnion(seed: Uint8Array): void;
  admit(o: { contactId: ContactId; privateOnionSeed: Uint8Array; secret: Uint8Array }): void;
  /** They find us no longer. */
  shutOut(contactId: ContactId): void;
  /** The way to a contact who is private. */
  contactOnion(contactId: ContactId): ContactOnion | undefined;
  /** Throws nothing for an older one than is there; it is left. */
  putContactOnion(o: { contactId: ContactId; door: ContactOnion | undefined; issuedAt: number }): void;
  contactOnions(): { readonly contactId: ContactId; readonly door: ContactOnion }[];
};
