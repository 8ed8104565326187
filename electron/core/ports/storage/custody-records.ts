import type { AgreementState, HolderFaults } from '../../../../shared/custody';
import type {
  AgreementId,
  ContactId,
  CustodyId,
  DeliveryId,
  MailAddress,
  MessageId,
  OnionHost,
} from '../../../../shared/ids';
import type { AgreementTerms, ControlMessage } from '../../../../shared/wire/control-message';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { HeldTries } from '../../domain/custody/judge-offer';

/** An agreement as either side keeps it. `role`: ours. */
export type Agreement = {
  readonly id: AgreementId;
  readonly role: 'client' | 'holder';
  /** The other side. */
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
};

/** A message that we hold for a client. */
export type HeldMail = HeldTries & {
  readonly id: CustodyId;
  readonly agreementId: AgreementId;
  readonly size: number;
  readonly digest: string;
  readonly heldAt: number;
  readonly until: number;
  readonly signature: string;
  /** Milliseconds of running time that it has been held: clock jumps do not count. */
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

/** The private onion of a contact, and the key that opens its descriptor. `issuedAt`: milliseconds. */
export type ContactOnion = { readonly onion: OnionHost; readonly authKey: Uint8Array; readonly issuedAt: number };

/** One onion of our own private identity, and the contacts that it admits. */
export type OwnPrivateOnion = {
  readonly seed: Uint8Array;
  readonly admitted: readonly { readonly contactId: ContactId; readonly secret: Uint8Array }[];
};

/** All tokens of one contact are derived from this: 32 random octets, and the number of the first token. */
export type TokenSeed = { readonly seed: Uint8Array; readonly first: number };

/**
 * A message from this program to a contact's program: no folder shows it, and it is gone when delivered or given up.
 */
export type NewControl = {
  readonly messageId: MessageId;
  readonly deliveryId: DeliveryId;
  readonly rfcMessageId: string;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly control: ControlMessage;
  /** Of two waiting messages with one topic to one person only the newer is worth sending (`controlTopic`). */
  readonly topic: string;
  readonly date: number;
  readonly expiresAt: number;
};
