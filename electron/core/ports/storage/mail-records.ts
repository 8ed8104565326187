import type { Contact, KeyState } from '../../../../shared/contact';
import type {
  ContactId,
  AttachmentId,
  DeliveryId,
  Fingerprint,
  MailAddress,
  MailboxId,
  MessageId,
} from '../../../../shared/ids';
import type { DeliveryState, Protection, ProtectionReason } from '../../../../shared/message';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import type { IntroducerTrust, MoveNotice, Standing, Verification } from '../../../../shared/trust';
import type { Content } from './contents';
import type { NewControl } from './custody-records';
import type { PublicKeyBlock } from '../keys';
import type { IncomingAttachment, OutgoingAttachment } from '../mime';

/** A mailbox of the person's own. `seen`: it was written here. */
export type FiledInto = { readonly mailbox: MailboxId; readonly seen: boolean };

export type NewReceived = {
  readonly id: MessageId;
  /** Queued in the same commit. */
  readonly receipt?: NewControl;
  /** The contact who wrote it: in the same commit the message is no longer counted as missing. */
  readonly arrivedFrom?: ContactId;
  /** RFC 5322 Message-ID from inside the signed part; with `from` it tells duplicates. */
  readonly rfcMessageId: string;
  /** The conversation that it begins when it belongs to none. No peer may choose it. */
  readonly threadId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly folder: 'inbox' | 'requests' | FiledInto;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly preview: string;
  readonly date: number;
  readonly storedAt: number;
  readonly size: number;
  readonly protection: Protection;
  readonly protectionReason: ProtectionReason;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly (IncomingAttachment & { readonly id: AttachmentId })[];
  readonly raw: Uint8Array;
  /** Who signed it; absent for what we write ourselves. */
  readonly signer?: {
    readonly fingerprint: Fingerprint;
    /** Who vouched for this key when the message came, if the sender was no contact. */
    readonly introducedBy?: readonly MailAddress[];
  };
  readonly droppedAttachments?: number;
};

/** A submitted message: the draft's row becomes the queued one. One delivery per recipient. */
export type NewSubmitted = {
  readonly messageId: MessageId;
  /** The stored message that counts as answered from here. */
  readonly answers?: MessageId;
  readonly rfcMessageId: string;
  readonly threadId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly date: number;
  readonly preview: string;
  readonly deliveries: readonly {
    readonly id: DeliveryId;
    readonly recipient: MailAddress;
    readonly state: DeliveryState;
    readonly expiresAt: number;
  }[];
};

/** A letter that was no draft here: another program has written it. */
export type NewLetter = NewSubmitted & {
  /** The same for the same letter that a program submits once more; absent: nobody can tell whether it is. */
  readonly digest?: string;
  readonly from: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly (Omit<OutgoingAttachment, 'content'> & {
    readonly id: AttachmentId;
    readonly content: Content;
  })[];
  /** Final bytes for all its deliveries, where they are sealed already. */
  readonly sealed?: Content;
};

/** A message in the outbox that is not sealed for every recipient yet. */
export type QueuedMessage = {
  readonly messageId: MessageId;
  readonly rfcMessageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly date: number;
  readonly attachments: readonly OutgoingAttachment[];
  readonly control?: ControlMessage;
};

/** A contact as stored; `publicKey` and `certifiedAt` are set together when a key was verified. */
export type StoredContact = Contact & { readonly publicKey?: PublicKeyBlock };

export type ContactChange = {
  readonly name?: string;
  readonly blocked?: boolean;
  readonly key?: {
    readonly state: KeyState;
    readonly fingerprint: Fingerprint;
    readonly certifiedAt: number;
    readonly publicKey: PublicKeyBlock;
  };
  readonly keyState?: KeyState;
  readonly standing?: Standing;
  /** `null` takes a fact away. */
  readonly verification?: Verification | null;
  readonly introducer?: IntroducerTrust | null;
  readonly scannedYouAt?: number | null;
  readonly moveNotice?: MoveNotice | null;
  readonly sendsReadReceipts?: boolean;
  readonly learnsHolders?: boolean;
};

/** Beside the text of a message written here: key blocks and notices that go inside its seal. */
export type Enclosures = {
  readonly keyBlocks: readonly PublicKeyBlock[];
  readonly movedTo?: MailAddress;
  readonly control?: ControlMessage;
};
