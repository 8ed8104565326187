import type { MailAddress } from '../../../shared/ids';
import type { ControlMessage } from '../../../shared/wire/control-message';
import type { CustodyReceipt } from '../domain/custody/custody';
import type { FileKind } from '../domain/file-kind';
import type { MimeRefusal } from '../domain/refusals';
import type { NewServed } from '../domain/served/served-octets';
import type { PublicKeyBlock } from './keys';

export type OutgoingAttachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Without its angle brackets: a picture that the page shows. */
  readonly contentId?: string;
};

/**
 * What goes inside the seal. `bcc` only in the copy of that one recipient, so that they see how they were addressed.
 */
export type OutgoingMessage = {
  readonly messageId: string;
  readonly date: number;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  /** The same as a page, where another program has written one. */
  readonly html?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly attachments: readonly OutgoingAttachment[];
  /** The sender's armored public key block with its onion certification. */
  readonly keyBlock: string;
  /** More armored key blocks that travel inside: of people introduced, of a new address. */
  readonly otherKeyBlocks?: readonly string[];
  /** The keys of the other open recipients, binary, for `Autocrypt-Gossip` inside the seal. */
  readonly gossip?: readonly { readonly address: MailAddress; readonly publicKey: PublicKeyBlock }[];
  /** What Posthorn tells Posthorn, as protected header fields. */
  readonly notices?: MailNotices;
  /** Makes it a control message. */
  readonly control?: ControlMessage;
};

/** A letter as it leaves for outside. Nothing else of it does. */
export type OutsideMessage = {
  readonly messageId: string;
  readonly date: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly attachments: readonly OutgoingAttachment[];
};

/** Facts that travel inside the seal beside the text. */
export type MailNotices = {
  /** Header `Posthorn-Scan-Code`: proves that the sender scanned the reader's code. */
  readonly scanCode?: string;
  /** Header `Posthorn-Moved-To`: the sender's new address, whose key comes along. */
  readonly movedTo?: MailAddress;
};

/** What is posted to a mailing list: signed, and not sealed. `to`: the address of the list. */
export type OutgoingPost = Pick<
  OutgoingMessage,
  'messageId' | 'date' | 'from' | 'subject' | 'text' | 'inReplyTo' | 'references' | 'keyBlock'
> & { readonly to: string };

/** A signed message (RFC 3156 5), unverified. Its fields stand inside as they stand outside. */
export type SignedPost =
  | {
      readonly outcome: 'signed';
      /** The octets that the signature is made over: an entity for `readHead` and `readBodies`. */
      readonly content: Uint8Array;
      /** In ASCII armor. */
      readonly signature: Uint8Array;
      /** The field as it stands there. */
      readonly to: string;
    }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

export type OuterMessage =
  | { readonly outcome: 'sealed'; readonly from: MailAddress; readonly messageId: string; readonly sealed: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

/** What a holder receives and later hands over: only the recipient stands outside the seal. */
export type HeldEnvelope =
  | {
      readonly outcome: 'envelope';
      /** The recipient in its header. */
      readonly to: MailAddress;
      readonly sealed: Uint8Array;
      /** The octets that the holder kept: without its mark. */
      readonly held: Uint8Array;
      /** The holder's own statement, not verified. `left`: how many more envelopes it says it will hand over. */
      readonly mark?: { readonly receipt: Omit<CustodyReceipt, 'digest' | 'client'>; readonly left: number };
    }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

export type IncomingAttachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly contentId?: string;
  readonly inline: boolean;
  readonly content: Uint8Array;
};

/** What stands in the header of the decrypted entity, and the keys that came along: enough to find out who wrote. */
export type InnerHead =
  | {
      readonly outcome: 'parsed';
      readonly messageId: string;
      readonly date: number;
      readonly from: MailAddress;
      readonly to: readonly MailAddress[];
      readonly cc: readonly MailAddress[];
      readonly bcc: readonly MailAddress[];
      /** One line, in which nothing turns the direction of writing. */
      readonly subject: string;
      readonly inReplyTo?: string;
      readonly references: readonly string[];
      /**
       * Key blocks that travelled inside, as parts or in Autocrypt and Autocrypt-Gossip fields; not trusted until
       * checked.
       */
      readonly keyBlocks: readonly Uint8Array[];
      readonly notices: MailNotices;
      /** A control message; one that cannot be read is an ordinary message. */
      readonly control?: ControlMessage;
      /** Root part says `hp="cipher"` (RFC 9788) or `protected-headers="v1"`. */
      readonly headersProtected: boolean;
    }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

/** What a message says, read when it is known who wrote. */
export type InnerBodies = {
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly IncomingAttachment[];
  /** What other programs see of it, when `onTop` was given. Its files are the attachments. */
  readonly served?: NewServed;
};

/** What another mail program wants kept, as far as it can be read. Addresses are as they are written there. */
export type AppendedMessage = InnerBodies & {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly references: readonly string[];
  readonly inReplyTo?: string;
  readonly rfcMessageId?: string;
  readonly date?: number;
  /** It breaks the rules, and is so long that its text is the beginning alone. */
  readonly isCut?: true;
  /** The octets as they came. */
  readonly served: NewServed;
};

/** Head and bodies of an entity at once. */
export type InnerMessage =
  | (Extract<InnerHead, { outcome: 'parsed' }> & InnerBodies)
  | Extract<InnerHead, { outcome: 'refused' }>;

/** A letter that another program of the person hands over to be sent (RFC 6409). */
export type SubmittedLetter =
  | (InnerBodies & {
      readonly outcome: 'parsed';
      /** In capitals or not, as other programs write it. */
      readonly from: MailAddress;
      /** Absent, too, when it is not well-formed. */
      readonly messageId?: string;
      readonly to: readonly MailAddress[];
      readonly cc: readonly MailAddress[];
      readonly bcc: readonly MailAddress[];
      readonly subject: string;
      readonly inReplyTo?: string;
      readonly references: readonly string[];
    })
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal | 'sealed-by-program' };

/** A letter that another program has sealed itself: what stands outside, its addresses as far as they are onions'. */
export type SealedLetter =
  | (Extract<OuterMessage, { outcome: 'sealed' }> & Pick<OutgoingMessage, 'to' | 'cc' | 'bcc' | 'subject'>)
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

/** What the header outside of a seal is made of. */
export type OuterFields = Pick<OutgoingMessage, 'from' | 'to' | 'cc' | 'date' | 'messageId'>;

/**
 * Reads and writes mail. What peers wrote is read by promises, because a worker reads it: it may be made to take all
 * time and memory there is. A reading throws PosthornError `unreadable-content` when it takes too much of them.
 */
export type Mime = {
  /** The inner entity: protected headers, text, attachments, key block; CRLF line ends. */
  buildInner(message: OutgoingMessage): Promise<Uint8Array>;
  /** The final bytes for the wire: outer headers and the PGP/MIME wrapper (RFC 3156) around `sealed`. */
  wrapSealed(o: { message: OuterFields; sealed: Uint8Array }): Uint8Array;
  /** The entity of a post that is to be signed: its header fields, its text and the author's key; CRLF line ends. */
  buildPost(post: OutgoingPost): Promise<Uint8Array>;
  /** The whole post: the fields of `entity` once more, and entity and signature below them (RFC 3156 5). */
  wrapSigned(o: { entity: Uint8Array; signature: Uint8Array }): Uint8Array;
  /** A bounce that lies in the inbox of the one whose message failed, in plain text; CRLF line ends. */
  buildBounce(bounce: Bounce): Uint8Array;
  /** A letter for somebody with ordinary e-mail, in clear: 7 bits, CRLF line ends, nothing that names the program. */
  buildOutside(message: OutsideMessage): Promise<Uint8Array>;
  /** Octet-level and structural checks of what a peer sent, before any decryption. */
  parseOuter(raw: Uint8Array): Promise<OuterMessage>;
  /** What stands in the log of a member of a list, before its signature is verified. */
  parsePost(octets: Uint8Array): Promise<SignedPost>;
  /** The decrypted entity without its bodies, for a sender who is not proved yet. */
  readHead(content: Uint8Array): Promise<InnerHead>;
  /**
   * Text and files of an entity whose head was read. `from`: its sender, proved; `isKnown`: a contact or introduced.
   * Strangers wait for each other, and nobody waits for them. `onTop`: our header fields, with their line ends, that
   * stand above the message where other programs see it.
   */
  readBodies(o: {
    content: Uint8Array;
    from: MailAddress;
    isKnown: boolean;
    onTop?: string | undefined;
  }): Promise<InnerBodies>;
  /** Any octets that the person's own mail program brings; refuses nothing. */
  readAppended(octets: Uint8Array): Promise<AppendedMessage>;
  /** The same of what a gateway's mail server brings. Whoever wrote it holds up neither peers nor programs. */
  readOutside(octets: Uint8Array): Promise<AppendedMessage>;
  /** What another program submits. Signatures of its own are left out: Posthorn signs what it sends. */
  readSubmitted(octets: Uint8Array): Promise<SubmittedLetter>;
  /** What somebody else's program submits, sealed by itself. */
  readSealedLetter(octets: Uint8Array): Promise<SealedLetter>;
  /** The outer form of an envelope: an RFC 3156 message to `to` that names no sender, dated to the day. */
  wrapHeldEnvelope(o: { to: MailAddress; date: number; sealed: Uint8Array }): Uint8Array;
  /** The checks of `parseOuter` for an envelope, with or without a holder's mark on top. */
  parseHeldEnvelope(raw: Uint8Array): Promise<HeldEnvelope>;
  /** The trace field a holder puts on top when it hands an envelope over (as RFC 5321 4.4 has it). */
  markEnvelope(o: { held: Uint8Array; receipt: CustodyReceipt; left: number }): Uint8Array;
  /** vCard 4 (RFC 6350) with EMAIL and KEY (armored, as a data URI). */
  writeCard(card: ContactCard): string;
  /** The cards of a vCard text, or of a file in whatever charset; undefined when it is none. */
  readCards(text: string | Uint8Array): Promise<ContactCard[] | undefined>;
  /** The words of a file that came with a message, for search. `from`: who wrote the message. */
  readFileText(o: { kind: FileKind; content: Uint8Array; from: MailAddress }): Promise<string>;
  /** Ends what reads; later readings throw `connection-closed`. */
  close(): Promise<void>;
};

/** News of a delivery that failed, from a mailbox to itself. `messageId` with its angle brackets. */
export type Bounce = {
  readonly mailbox: MailAddress;
  readonly messageId: string;
  readonly date: number;
  readonly subject: string;
  readonly text: string;
};

/** What a vCard says of a person. `addresses` are as written there, unchecked. */
export type ContactCard = { readonly name: string; readonly addresses: readonly string[]; readonly key?: Uint8Array };
