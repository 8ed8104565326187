/**
 * Every seam of the core on one page. Use cases in `mail/` know these types and nothing behind them; adapters implement
 * them and know nothing of each other; `start-core.ts` joins the two.
 */
import type { Socket } from 'node:net';
import type { Contact, KeyState } from '../../shared/contact';
import type { CoreEvent } from '../../shared/core-events';
import type {
  AgreementId,
  AttachmentId,
  ContactId,
  DeliveryId,
  Fingerprint,
  IdentityId,
  MailAddress,
  MessageId,
  OnionHost,
} from '../../shared/ids';
import type { IdentityColour } from '../../shared/identity';
import type { TorLaunch } from '../../shared/launch';
import type {
  AttachmentSummary,
  Delivery,
  DeliveryReason,
  DeliveryState,
  Draft,
  DraftContent,
  Folder,
  FolderCounts,
  MessageDetail,
  MessageSummary,
  Protection,
  ProtectionReason,
} from '../../shared/message';
import type { BackupContents, BackupOutcome, BackupProgress } from '../../shared/backup';
import type { ImportProblem, KeyPolicy, RevocationReason } from '../../shared/key-life';
import type { Settings } from '../../shared/settings';
import type { TorStatus } from '../../shared/tor-status';
import type { CertificationLevel, IntroducerTrust, MoveNotice, Standing, Validity, Verification } from '../../shared/trust';

import type { PeerNote } from '../../shared/peer-note';
import type { CustodyReceipt, HoldingStore, NewNote } from './holding-ports';
import type { DeliveryChange, SendOutcome } from './domain/delivery-outcome';
import type { KeyRefusal, MimeRefusal, SmtpReply } from './domain/refusals';
import type { TrustCertification, TrustInput, TrustResult } from './domain/trust/trust-model';

export type { DeliveryChange, KeyRefusal, MimeRefusal, SendOutcome, SmtpReply, TrustCertification, TrustInput, TrustResult };

export type {
  Agreement,
  Custody,
  CustodyReceipt,
  DoorToContact,
  EnvelopeFacts,
  HeldMail,
  HoldOutcome,
  HoldingCrypto,
  HoldingStore,
  NewNote,
  TokenSeed,
  OwnDoor,
} from './holding-ports';

export type Unsubscribe = () => void;

// ---------------------------------------------------------------- time, chance, log, events

/** Wall clock in milliseconds since 1970 UTC, and timers that a test can wind by hand. */
export type Clock = {
  now(): number;
  /** Calls `run` once, `milliseconds` from now; the answer cancels it. */
  setTimer(milliseconds: number, run: () => void): Unsubscribe;
};

export type Random = {
  bytes(length: number): Uint8Array;
  uuid(): string;
  /** Uniform in [0, 1). */
  fraction(): number;
};

/** Nothing that names a person fits in: values are numbers and booleans, or words the code itself chose. */
export type LogFields = Readonly<Record<string, number | boolean>>;
export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** Events tell of committed state; nothing in the core waits for one to decide what to do about mail. */
export type Events = {
  publish(event: CoreEvent): void;
  subscribe(listener: (event: CoreEvent) => void): Unsubscribe;
};

// ---------------------------------------------------------------- OpenPGP

/** Binary transferable secret key (RFC 9580, 10.2), unprotected; only ever inside the vault and the crypto worker. */
export type SecretKeyBlock = Uint8Array;
/** Binary transferable public key (RFC 9580, 10.1). */
export type PublicKeyBlock = Uint8Array;

export type IdentityKeys = {
  readonly secretKey: SecretKeyBlock;
  /** With the onion certification. */
  readonly publicKey: PublicKeyBlock;
  readonly fingerprint: Fingerprint;
};

export type KeyCheck =
  | {
      readonly outcome: 'certified';
      readonly fingerprint: Fingerprint;
      /** Creation time of the onion certification, milliseconds. */
      readonly certifiedAt: number;
      readonly expiresAt: number;
      /** The block cut down to what was verified. */
      readonly publicKey: PublicKeyBlock;
    }
  | {
      readonly outcome: 'refused';
      readonly reason: KeyRefusal;
      /** With `key-revoked`: which key, so that no other one suffers for it. */
      readonly fingerprint?: Fingerprint;
      /** When the onion took its certification back, milliseconds: every certification of this address before is out of date. */
      readonly revokedAt?: number;
    };

export type DecryptOutcome =
  | {
      readonly outcome: 'decrypted';
      /** The literal data: the inner MIME entity. */
      readonly content: Uint8Array;
      /** The decrypted one-pass-signed message in binary, to be given to `verify`. */
      readonly signedMessage: Uint8Array;
    }
  | {
      readonly outcome: 'refused';
      readonly reason: 'unreadable' | 'not-for-this-key' | 'no-integrity-protection' | 'not-signed' | 'too-large' | 'malformed';
    };

export type SignatureCheck =
  | { readonly outcome: 'valid'; readonly signedAt: number }
  | { readonly outcome: 'invalid'; readonly reason: 'wrong-key' | 'bad-signature' | 'wrong-type' | 'weak-hash' | 'key-expired' | 'key-revoked' | 'future' };

/** A signature on a key by somebody else, as found in its block: claims until verified. `id`: SHA-256 of `subject` and `body` in hex, so
 * that a copy on another key cannot stand in its way. */
export type ReadCertification = Omit<TrustCertification, 'issuer'> & {
  readonly id: string;
  readonly issuerKeyId: string;
  /** Absent in signatures that name their issuer by key ID alone. */
  readonly issuer?: Fingerprint;
  readonly exportable: boolean;
  /** The signature packet's body. */
  readonly body: Uint8Array;
};

/** One key of a block of any number, cut down to itself; `address` when its one User ID is an address. */
export type SplitKey = { readonly block: PublicKeyBlock; readonly fingerprint: Fingerprint; readonly address?: string };

/** Old key material, newest first, kept to open what is still sealed to it. */
export type RetiredSecret = {
  readonly fingerprint: Fingerprint;
  readonly kind: 'subkey' | 'key';
  readonly retiredAt: number;
  readonly secretKey: SecretKeyBlock;
  /** Of a whole key that was replaced: its public block, which vouches for its successor. */
  readonly publicKey?: PublicKeyBlock;
};

/** What the engine can tell of an own key. Milliseconds. */
export type OwnKeyFacts = {
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revoked: boolean;
  readonly certificationExpiresAt: number;
  readonly subkey: { readonly fingerprint: Fingerprint; readonly createdAt: number };
};

/** Certifications between people (PROTOCOL.md 3). Signatures are over a key and its one User ID. */
export type CertificationPgp = {
  /** Certifies (0x13, or 0x12 for `casual`) the User ID of `subject`. `trust`: makes it a trust signature. */
  certify(o: {
    secretKey: SecretKeyBlock;
    subject: PublicKeyBlock;
    level: CertificationLevel;
    exportable: boolean;
    expiresAt?: number;
    trust?: IntroducerTrust & { regex?: string };
    now: number;
  }): Promise<ReadCertification>;
  /** Revokes every earlier certification of `subject` by this key (0x30); as exportable as what it revokes was. */
  revokeCertification(o: { secretKey: SecretKeyBlock; subject: PublicKeyBlock; exportable: boolean; now: number }): Promise<ReadCertification>;
  /** The certifications by others in a block, newest first, at most MAX_FOREIGN_CERTIFICATIONS; `omitted` counts the rest. */
  readCertifications(o: { block: Uint8Array }): Promise<{ certifications: ReadCertification[]; omitted: number }>;
  /** Which of these signatures their issuers have truly made: strong hash, right type, all of RFC 9580 5.2.4. Times are the caller's. */
  verifyCertifications(o: { checks: readonly { body: Uint8Array; subject: PublicKeyBlock; issuer: PublicKeyBlock }[] }): Promise<boolean[]>;
  /** The block with these signatures on its User ID; others by their issuers' choice are left out. */
  withCertifications(o: { block: PublicKeyBlock; bodies: readonly Uint8Array[] }): Promise<PublicKeyBlock>;
  /** Splits armored or binary keys into single ones, their signatures with them; undefined when it holds none. At most MAX_IMPORT_BYTES. */
  splitKeys(o: { content: Uint8Array }): Promise<SplitKey[] | undefined>;
  /** The onion certifying key of `address` with a local trust signature by `secretKey`: depth 1, amount 120, limited to that onion (PROTOCOL.md 2). */
  trustOnion(o: { secretKey: SecretKeyBlock; address: MailAddress; now: number }): Promise<PublicKeyBlock>;
  /** GnuPG's rules over a whole ring (`domain/trust`), off the caller's thread. */
  computeValidity(input: TrustInput): Promise<TrustResult>;
};

/** The life of an own key (PROTOCOL.md 2). Every answer carries a fresh onion certification. */
export type KeyLifePgp = {
  readOwnKey(o: { keys: IdentityKeys; address: MailAddress }): Promise<OwnKeyFacts>;
  /** Sets the key's expiry (absent: none) by new self-signatures. */
  renewKey(o: { keys: IdentityKeys; address: MailAddress; onionSeed: Uint8Array; expiresAt?: number; now: number }): Promise<IdentityKeys>;
  /** A new encryption subkey in the place of the old, whose secret half is handed back. */
  rotateSubkey(o: { keys: IdentityKeys; address: MailAddress; onionSeed: Uint8Array; now: number }): Promise<{ keys: IdentityKeys; retired: RetiredSecret }>;
  /** A new key under the same address, certified (exportable 0x13) by the key before, which is handed back. */
  replaceKey(o: { keys: IdentityKeys; address: MailAddress; onionSeed: Uint8Array; now: number }): Promise<{ keys: IdentityKeys; retired: RetiredSecret }>;
  /** The same key with a key revocation (0x20), and the onion certification revoked (0x30). */
  revokeKey(o: { keys: IdentityKeys; address: MailAddress; onionSeed: Uint8Array; reason: RevocationReason; now: number }): Promise<IdentityKeys>;
  /** An Ed25519/Curve25519 v4 secret key, armored or binary, made the key of `address`: its User IDs are left behind. `previous` certifies it. */
  adoptKey(o: { secretKey: Uint8Array; passphrase?: string; address: MailAddress; onionSeed: Uint8Array; now: number; previous?: IdentityKeys }): Promise<
    { readonly outcome: 'adopted'; readonly keys: IdentityKeys } | { readonly outcome: 'refused'; readonly problem: ImportProblem }
  >;
};

/** OpenPGP as PROTOCOL.md 2 and 5 profile it. Implemented in-process by the engine and across a worker by its client. */
export type Pgp = CertificationPgp & KeyLifePgp & {
  /** A new identity key whose User ID the onion key of `onionSeed` certifies. */
  generateIdentityKeys(o: { address: MailAddress; onionSeed: Uint8Array; now: number }): Promise<IdentityKeys>;
  /** The same key with a fresh onion certification (valid one year from `now`). */
  recertify(o: { keys: IdentityKeys; address: MailAddress; onionSeed: Uint8Array; now: number }): Promise<IdentityKeys>;
  /** Strict check of an untrusted block (binary or armored) against the address alone. `newestSeen`: rollback guard, ms. */
  checkKeyBlock(o: { block: Uint8Array; address: MailAddress; now: number; newestSeen?: number }): Promise<KeyCheck>;
  /** Signs `content` and encrypts it to every key of `recipients` (put the sender's own among them); ASCII armor with checksum. */
  seal(o: { content: Uint8Array; secretKey: SecretKeyBlock; recipients: readonly PublicKeyBlock[]; now: number }): Promise<Uint8Array>;
  /** `retired`: older keys that are tried when the first does not fit. */
  decrypt(o: { sealed: Uint8Array; secretKey: SecretKeyBlock; retired?: readonly SecretKeyBlock[] }): Promise<DecryptOutcome>;
  /** Verifies the one signature of a decrypted message against one certified key, by full fingerprint. */
  verify(o: { signedMessage: Uint8Array; publicKey: PublicKeyBlock; now: number }): Promise<SignatureCheck>;
  /**
   * Encrypts to one key without any signature and without our own key: the sender of a held message is told inside. ASCII armor. Throws
   * `too-large` above MAX_ENVELOPE_BYTES, `key-refused` for a key that cannot be used at `now`.
   */
  sealAnonymously(o: { content: Uint8Array; recipient: PublicKeyBlock; now: number }): Promise<Uint8Array>;
  /** Opens what `sealAnonymously` made: one session key, one literal, no signature. */
  openAnonymous(o: { sealed: Uint8Array; secretKey: SecretKeyBlock; retired?: readonly SecretKeyBlock[] }): Promise<
    | { readonly outcome: 'opened'; readonly content: Uint8Array }
    | { readonly outcome: 'refused'; readonly reason: 'unreadable' | 'not-for-this-key' | 'no-integrity-protection' | 'too-large' | 'malformed' }
  >;
  armorPublicKey(publicKey: PublicKeyBlock): Promise<string>;
  /** Armored secret key block locked with `passphrase` in the way gpg 2.2 reads. */
  exportSecretKey(o: { secretKey: SecretKeyBlock; publicKey: PublicKeyBlock; passphrase: string }): Promise<string>;
  /** The onion certifying key (public, armored), for GnuPG users: PROTOCOL.md 2. */
  exportCertifyingKey(o: { onionSeed: Uint8Array }): Promise<string>;
  close(): Promise<void>;
};

/** The onion a 32-byte seed belongs to, and the check of a typed onion name (checksum, version, point). */
export type OnionKeys = {
  onionOf(seed: Uint8Array): OnionHost;
  check(host: string): 'ok' | 'length' | 'alphabet' | 'case' | 'checksum' | 'version' | 'low-order' | 'torsion';
  /** The 32-octet seed as 24 English words (BIP 39), and back; undefined for words that are none or whose checksum is wrong. */
  toWords(seed: Uint8Array): string[];
  fromWords(words: string): Uint8Array | undefined;
};

// ---------------------------------------------------------------- MIME

export type OutgoingAttachment = { readonly filename: string; readonly contentType: string; readonly content: Uint8Array };

/** What goes inside the seal. `bcc` only in the copy of that one recipient, so that they see how they were addressed. */
export type OutgoingMessage = {
  readonly messageId: string;
  readonly date: number;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
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
  /** Makes it a note from program to program. */
  readonly note?: PeerNote;
};

/** Facts that travel inside the seal beside the text. */
export type MailNotices = {
  /** Header `Posthorn-Scan-Code`: proves that the sender scanned the reader's code. */
  readonly scanCode?: string;
  /** Header `Posthorn-Moved-To`: the sender's new address, whose key comes along. */
  readonly movedTo?: MailAddress;
};

export type OuterMessage =
  | { readonly outcome: 'sealed'; readonly from: MailAddress; readonly messageId: string; readonly sealed: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

/** What a holder is handed and hands over: nothing outside the seal but the recipient. */
export type HeldEnvelope =
  | {
      readonly outcome: 'envelope';
      /** Whom it is for, as it stands there. */
      readonly to: MailAddress;
      readonly sealed: Uint8Array;
      /** The octets without the holder's mark, as it had them. */
      readonly held: Uint8Array;
      /** By whom it was kept, as it says itself; not verified. `left`: how many more it says it will hand over. */
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

export type InnerMessage =
  | {
      readonly outcome: 'parsed';
      readonly messageId: string;
      readonly date: number;
      readonly from: MailAddress;
      readonly to: readonly MailAddress[];
      readonly cc: readonly MailAddress[];
      readonly bcc: readonly MailAddress[];
      readonly subject: string;
      readonly inReplyTo?: string;
      readonly references: readonly string[];
      readonly text: string;
      readonly html?: string;
      readonly attachments: readonly IncomingAttachment[];
      /** Key blocks that travelled inside, as parts or in Autocrypt and Autocrypt-Gossip fields; not trusted until checked. */
      readonly keyBlocks: readonly Uint8Array[];
      readonly notices: MailNotices;
      /** A note from program to program; one that cannot be read is an ordinary message. */
      readonly note?: PeerNote;
      /** Root part says `hp="cipher"` (RFC 9788) or `protected-headers="v1"`. */
      readonly headersProtected: boolean;
    }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

export type Mime = {
  /** The inner entity: protected headers, text, attachments, key block; CRLF line ends. */
  buildInner(message: OutgoingMessage): Promise<Uint8Array>;
  /** The final bytes for the wire: outer headers and the PGP/MIME wrapper (RFC 3156) around `sealed`. */
  wrapSealed(o: { message: OutgoingMessage; sealed: Uint8Array }): Uint8Array;
  /** Octet-level and structural checks of what a peer sent, before any decryption. */
  parseOuter(raw: Uint8Array): Promise<OuterMessage>;
  parseInner(content: Uint8Array): Promise<InnerMessage>;
  /** The outer form of an envelope: an RFC 3156 message from nobody to `to`, dated to the day. */
  wrapEnvelope(o: { to: MailAddress; date: number; sealed: Uint8Array }): Uint8Array;
  /** The checks of `parseOuter` for an envelope, with or without a holder's mark on top. */
  parseEnvelope(raw: Uint8Array): Promise<HeldEnvelope>;
  /** The trace field a holder puts on top when it hands an envelope over (as RFC 5321 4.4 has it). */
  markEnvelope(o: { held: Uint8Array; receipt: CustodyReceipt; left: number }): Uint8Array;
  /** vCard 4 (RFC 6350) with EMAIL and KEY (armored, as a data URI). */
  writeCard(card: ContactCard): string;
  /** The cards of a vCard text; undefined when it is none. */
  readCards(text: string): ContactCard[] | undefined;
};

/** What a vCard says of a person. `addresses` as they stand there, unchecked. */
export type ContactCard = { readonly name: string; readonly addresses: readonly string[]; readonly key?: Uint8Array };

// ---------------------------------------------------------------- SMTP and HKP

export type IncomingMail = {
  /** `null` for `MAIL FROM:<>`. */
  readonly mailFrom: MailAddress | null;
  /** As `checkRcptTo` answered it. */
  readonly rcptTo: SmtpRecipient;
  readonly transferId: string;
  readonly raw: Uint8Array;
};

/** Where mail goes: into this mailbox, or into the keeping for a client. */
export type SmtpRecipient =
  | { readonly for: 'mailbox'; readonly address: MailAddress }
  | { readonly for: 'client'; readonly agreementId: AgreementId; readonly token: string };

/**
 * What a listener asks the use cases. `isKnown`: somebody this mailbox expects mail from, as far as the envelope tells: they come first when
 * there is too much to do, and are not greylisted. It proves nothing.
 */
export type SmtpHandler = {
  /** `text` is '' for `MAIL FROM:<>`; `greeting` is what EHLO said. */
  checkMailFrom(text: string, greeting: string): { readonly address: MailAddress | null; readonly isKnown: boolean } | { readonly reply: SmtpReply };
  /** `room`: octets that are taken at most, where it is less than MAX_MESSAGE_BYTES. */
  checkRcptTo(
    text: string,
    o: { readonly mailFrom: MailAddress | null; readonly announcedSize?: number },
  ): { readonly recipient: SmtpRecipient; readonly room?: number; readonly isKnown: boolean } | { readonly reply: SmtpReply };
  /** Resolves only when the mail is committed, or is not ours to keep. */
  receive(mail: IncomingMail): Promise<SmtpReply>;
  /** ETRN (RFC 1985) for this node; answered alike whatever comes of it. */
  queueRun(node: string): void;
  progressed(o: { transferId: string; bytes: number; total?: number; done: boolean }): void;
};

/** A server on a loopback port of its own. */
export type LoopbackServer = { readonly port: number; stop(): Promise<void> };

export type SmtpListeners = {
  /** `name`: the onion host for banner and EHLO. */
  start(o: { name: OnionHost; handler: SmtpHandler }): Promise<LoopbackServer>;
};

export type SmtpSender = {
  /**
   * One transaction over one new connection from `dial`; never throws for what the network or the peer does. `from` null: `MAIL FROM:<>`.
   * `greeting`: what EHLO says; absent the onion of `from`, or without one the address literal of nobody (RFC 5321 4.1.4).
   */
  send(o: {
    from: MailAddress | null;
    /** A mailbox, or a token at the onion of whom it is held for. */
    to: string;
    raw: Uint8Array;
    greeting?: OnionHost;
    dial: () => Promise<DialOutcome>;
    progressed: (bytes: number) => void;
    signal: AbortSignal;
  }): Promise<SendOutcome>;
  /** Asks a holder to hand over what it keeps for `node` (RFC 1985). */
  requestQueueRun(o: { node: OnionHost; dial: () => Promise<DialOutcome>; signal: AbortSignal }): Promise<'asked' | 'unreachable'>;
};

export type KeyFetchOutcome =
  | { readonly outcome: 'found'; readonly block: Uint8Array }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'unreachable'; readonly reason: DeliveryReason };

/** HKP on port 80 of every onion (PROTOCOL.md 6). */
export type KeyServers = {
  /** Serves one armored key to whoever asks for its address, onion or fingerprint. */
  start(o: { address: MailAddress; fingerprint: () => Fingerprint; key: () => Promise<string> }): Promise<LoopbackServer>;
};
export type KeyFetcher = {
  /** `signal` breaks the question off: a profile that is being locked does not wait for a slow onion. */
  fetch(o: { address: MailAddress; dial: () => Promise<DialOutcome>; signal?: AbortSignal }): Promise<KeyFetchOutcome>;
};

// ---------------------------------------------------------------- Tor

/** SOCKS user name and password: tor keeps streams that differ in either on different circuits. Never an address. */
export type Isolation = { readonly user: string; readonly password: string };
export type SocksProxy = { readonly host: '127.0.0.1'; readonly port: number };

export type DialFailure =
  | 'offline'
  | 'gone'
  | 'needs-auth'
  | 'bad-address'
  | 'refused-locally'
  | 'no-service'
  | 'temporary'
  | 'timed-out'
  | 'tor-offline';
export type DialOutcome =
  | { readonly outcome: 'connected'; readonly socket: Socket }
  | { readonly outcome: 'failed'; readonly failure: DialFailure };

export type PublishedOnion = {
  state(): 'offline' | 'publishing' | 'online';
  onState(listener: (state: 'offline' | 'publishing' | 'online') => void): Unsubscribe;
  /** Publishes anew for these clients. */
  setClients(clients: readonly string[]): Promise<void>;
  withdraw(): Promise<void>;
};

export type Onion = {
  /** Follows the tor process that main or headless supervises. */
  torChanged(launch: TorLaunch): void;
  /** Keeps the service published, over restarts of tor too, until it is withdrawn. */
  publish(o: {
    seed: Uint8Array;
    ports: readonly { virtualPort: number; targetPort: number }[];
    delayMs?: number;
    /** Client authorisation (rend-spec-v3): base32 x25519 public keys of those who can read the descriptor; absent: everybody. */
    clients?: readonly string[];
  }): PublishedOnion;
  /** Uses this x25519 key (32 octets) for the descriptor of `host`, over restarts of tor too; undefined forgets it. */
  authorise(o: { host: OnionHost; authKey: Uint8Array | undefined }): void;
  status(): TorStatus;
  onStatus(listener: (status: TorStatus) => void): Unsubscribe;
  dial(o: { host: OnionHost; port: number; isolation: Isolation; timeoutMs: number }): Promise<DialOutcome>;
  /** Undefined while tor is not online. */
  socksProxy(): SocksProxy | undefined;
  /** Until the first call tor stays off the network. Throws `invalid-call` for lines that tor does not take, and keeps those before. */
  setBridges(lines: readonly string[]): Promise<void>;
  /** After resume from sleep or a change of network: opens all connections anew. */
  networkChanged(): Promise<void>;
  close(): Promise<void>;
};

// ---------------------------------------------------------------- Store

/** An identity as the vault keeps it. `databaseKey` is 32 octets; `onionSeed` is the Ed25519 seed. */
export type VaultIdentity = {
  readonly id: IdentityId;
  readonly address: MailAddress;
  readonly label: string;
  readonly colour: IdentityColour;
  readonly paused: boolean;
  readonly createdAt: number;
  readonly onionSeed: Uint8Array;
  readonly keys: IdentityKeys;
  /** Creation time of our newest onion certification. */
  readonly certifiedAt: number;
  readonly databaseKey: Uint8Array;
  readonly keyPolicy: KeyPolicy;
  readonly subkeyMadeAt: number;
  readonly retired: readonly RetiredSecret[];
  readonly revoked: boolean;
  readonly showsVouchers: boolean;
  /** Restored from a backup or paper, and not yet sure to be the only copy: it does not go online before it has looked. */
  readonly mayBeElsewhere: boolean;
};

export type VaultUnlock =
  | { readonly outcome: 'unlocked'; readonly vault: Vault }
  | { readonly outcome: 'wrong' | 'delayed'; readonly retryAt: number };

/** The profile on disk: at most one process holds it. */
export type Profile = {
  state(): { readonly state: 'new' | 'locked'; readonly retryAt?: number };
  /**
   * Throws `profile-exists`. `fill` puts into the vault what came out of a backup: only when all of it is there the profile exists; a
   * failure or a crash before leaves a new one.
   */
  create(passphrase: string, fill?: (vault: Vault) => void): Promise<Vault>;
  unlock(passphrase: string): Promise<VaultUnlock>;
  changePassphrase(o: { current: string; next: string }): Promise<VaultUnlock>;
  /** Releases the profile for another process. */
  close(): void;
};

/** What may change of an identity: all but what it is. */
export type VaultIdentityChange = Partial<Omit<VaultIdentity, 'id' | 'address' | 'createdAt' | 'onionSeed' | 'databaseKey'>>;

/** An unlocked vault. Every write is committed when it returns. */
export type Vault = {
  identities(): readonly VaultIdentity[];
  addIdentity(identity: VaultIdentity): void;
  updateIdentity(id: IdentityId, change: VaultIdentityChange): void;
  /** Removes the keys first, then the database files: after it nothing can read them. */
  removeIdentity(id: IdentityId): void;
  settings(): Settings;
  setSettings(settings: Settings): void;
  /** Opens an identity's mail; a damaged file throws `store-damaged` and is left as it is. */
  openMail(identity: VaultIdentity): MailStore;
  /** Moves a restored mail database into place, then adds the identity. Throws `invalid-call` for an address that is here already. */
  installIdentity(o: { readonly identity: VaultIdentity; readonly mailPath: string }): void;
  /** See `BackupSource`. */
  copyMail: BackupSource['copyMail'];
  /** Forgets the keys and closes the database; mail stores are closed by their owners before. */
  lock(): void;
};

export type NewReceived = {
  readonly id: MessageId;
  /** Queued in the same commit. */
  readonly receipt?: NewNote;
  /** RFC 5322 Message-ID from inside the signed part; with `from` it tells duplicates. */
  readonly rfcMessageId: string;
  readonly threadId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly folder: 'inbox' | 'requests';
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
  readonly introducedBy?: readonly MailAddress[];
  readonly droppedAttachments?: number;
};

/** A submitted message: the draft's row becomes the queued one. One delivery per recipient. */
export type NewSubmitted = {
  readonly messageId: MessageId;
  readonly rfcMessageId: string;
  readonly threadId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly date: number;
  readonly preview: string;
  readonly deliveries: readonly { readonly id: DeliveryId; readonly recipient: MailAddress; readonly state: DeliveryState; readonly expiresAt: number }[];
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
  readonly date: number;
  readonly attachments: readonly OutgoingAttachment[];
  readonly note?: PeerNote;
};

/** A contact as stored; `publicKey` and `certifiedAt` are set together when a key was verified. */
export type StoredContact = Contact & { readonly publicKey?: PublicKeyBlock };

export type ContactChange = {
  readonly name?: string;
  readonly blocked?: boolean;
  readonly key?: { readonly state: KeyState; readonly fingerprint: Fingerprint; readonly certifiedAt: number; readonly publicKey: PublicKeyBlock };
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

/** A key in an identity's ring: of a contact, of somebody introduced, or of somebody who certified one of these. */
export type RingKey = {
  readonly fingerprint: Fingerprint;
  readonly address: MailAddress;
  /** Onion-certified, without certifications by others. */
  readonly publicKey: PublicKeyBlock;
  readonly keyId: string;
  readonly certifiedAt: number;
  /** Earlier of key and certification expiry. */
  readonly expiresAt: number;
  readonly revoked: boolean;
  readonly seenAt: number;
  /** As last computed. */
  readonly validity: Validity;
  readonly path: readonly MailAddress[];
};

/** A certification in the ring. `verified`: by a key of the ring that has truly made it; only then `issuer` is a fact. */
export type RingCertification = ReadCertification & { readonly verified: boolean };

/** One identity's key ring, and what else trust needs to remember. Part of `MailStore`: each write is one committed transaction. */
export type RingStore = {
  ringKey(by: Fingerprint | MailAddress): RingKey | undefined;
  ringKeys(): RingKey[];
  /** Adds or replaces a key by fingerprint; keeps address, validity and path of one that was there, and does nothing for another address. Throws `too-many` past MAX_RING_KEYS, except for a contact's. */
  putRingKey(key: Omit<RingKey, 'validity' | 'path'>): void;
  removeRingKey(fingerprint: Fingerprint): void;
  /** Certifications that are not there yet; at most MAX_FOREIGN_CERTIFICATIONS of each subject are kept, unverified ones go first. Answers how many were added. */
  addCertifications(certifications: readonly RingCertification[]): number;
  markVerified(marks: readonly { readonly id: string; readonly issuer: Fingerprint }[]): void;
  dropCertifications(ids: readonly string[]): void;
  /** Unverified ones that name this issuer. */
  unverifiedBy(issuer: { readonly fingerprint: Fingerprint; readonly keyId: string }): RingCertification[];
  certificationsOn(subject: Fingerprint): RingCertification[];
  /** All verified ones without their bodies, a page at a time so that the loop is not held; `after` is the last id of the page before. */
  verifiedCertifications(o: { after?: string; limit: number }): (TrustCertification & { readonly id: string; readonly exportable: boolean })[];
  /** Writes what was computed: validity of keys and standing of contacts, in one commit; announces each contact that changed, and `trust.changed` each time. */
  putTrust(o: {
    keys: readonly { readonly fingerprint: Fingerprint; readonly validity: Validity; readonly path: readonly MailAddress[] }[];
    standings: readonly { readonly contactId: ContactId; readonly standing: Standing }[];
  }): void;

  /** A one-time scan code that was put on the screen; the oldest of too many is forgotten. */
  addScanCode(o: { readonly code: string; readonly expiresAt: number }): void;
  /** Uses a code up; false when it is unknown, used or past. */
  useScanCode(o: { readonly code: string; readonly now: number }): boolean;
  /** The code of a contact's card that the next mail to them shall carry, once. */
  putCodeToSend(o: { readonly contactId: ContactId; readonly code: string }): void;
  codeToSend(contactId: ContactId): string | undefined;
  dropCodeToSend(contactId: ContactId): void;
  /** What else travels inside a queued message. */
  putParcel(o: { readonly messageId: MessageId; readonly parcel: MailParcel }): void;
  parcel(messageId: MessageId): MailParcel | undefined;
  /** Keys that an address had before, newest first. */
  keyHistory(address: MailAddress): { readonly fingerprint: Fingerprint; readonly replacedAt: number }[];
  noteReplacedKey(o: { readonly address: MailAddress; readonly fingerprint: Fingerprint; readonly publicKey: PublicKeyBlock; readonly replacedAt: number }): void;
  replacedKey(fingerprint: Fingerprint): PublicKeyBlock | undefined;
};

/** Beside the text of a message written here: key blocks and notices that go inside its seal. */
export type MailParcel = { readonly keyBlocks: readonly PublicKeyBlock[]; readonly movedTo?: MailAddress; readonly note?: PeerNote };

/**
 * One identity's mail: the only SQL of the core. Every write is one transaction, committed with synchronous=FULL when it
 * returns or resolves, and publishes its events right after the commit. Throws `PosthornError` with `disk-full`,
 * `store-damaged` or `…-unknown`; a write that throws has changed nothing.
 */
export type MailStore = RingStore & HoldingStore & {
  /** Concurrent calls share one commit. A (from, rfcMessageId) that is already there is a duplicate. */
  receive(message: NewReceived): Promise<{ readonly outcome: 'stored'; readonly summary: MessageSummary } | { readonly outcome: 'duplicate' }>;
  /** Whether `receive` would call it a duplicate, stored or deleted since. */
  hasReceived(by: Pick<NewReceived, 'from' | 'rfcMessageId'>): boolean;
  page(o: { folder: Folder; before?: number; limit: number }): { readonly messages: MessageSummary[]; readonly more: boolean };
  search(o: { text: string; limit: number }): MessageSummary[];
  thread(threadId: string): MessageSummary[];
  detail(messageId: MessageId): MessageDetail;
  raw(messageId: MessageId): Uint8Array;
  attachment(messageId: MessageId, attachmentId: AttachmentId): OutgoingAttachment;
  /** Thread id, references and id of a stored message, for a reply or an arriving answer. */
  reference(by: { messageId: MessageId } | { rfcMessageId: string }): { readonly messageId: MessageId; readonly rfcMessageId: string; readonly threadId: string; readonly references: readonly string[] } | undefined;
  setFlags(messageIds: readonly MessageId[], flags: { seen?: boolean; flagged?: boolean }): void;
  move(messageIds: readonly MessageId[], folder: Folder): void;
  /** Only rows in trash, drafts or requests; others are `message-unknown`. */
  delete(messageIds: readonly MessageId[]): void;
  counts(): FolderCounts;
  /** Of this mailbox, under any tag. */
  messagesFrom(address: MailAddress, folder: Folder): MessageId[];

  saveDraft(o: { id: MessageId; isNew: boolean; content: DraftContent; now: number; from: MailAddress }): Draft;
  draft(id: MessageId): Draft;
  attach(o: { draftId: MessageId; id: AttachmentId; attachment: OutgoingAttachment }): AttachmentSummary;
  detach(o: { draftId: MessageId; attachmentId: AttachmentId }): void;

  /** Draft row → outbox row with its deliveries, in one commit. */
  submit(message: NewSubmitted): MessageSummary;
  queued(messageId: MessageId): QueuedMessage;
  /** Keeps final bytes for these deliveries; the first call also makes them the message's `raw`. */
  putSealed(o: { messageId: MessageId; deliveryIds: readonly DeliveryId[]; raw: Uint8Array }): void;
  /** Final bytes of a delivery, or undefined when it is not sealed yet. */
  sealed(deliveryId: DeliveryId): Uint8Array | undefined;
  /** Forgets the sealed bytes of what waits, so that it is sealed anew with a key that has changed, and left with holders anew; what is being sent goes out as it is. */
  dropSealed(): void;
  /** Oldest first; `withNotes`: also of notes, which no folder shows. */
  deliveries(o?: { unfinishedOnly?: boolean; withNotes?: boolean }): Delivery[];
  delivery(id: DeliveryId): Delivery;
  /** How long a delivery has been tried for, in milliseconds of running time, and when last. */
  tryTime(id: DeliveryId): { readonly ms: number; readonly at?: number };
  /**
   * Outcome of a try in one write. When the last delivery of a message is finished (delivered, failed or cancelled) the message moves
   * from outbox to sent and its sealed copies other than `raw` are dropped; a note is gone. Writes the history, and drops what was being handed to holders.
   */
  changeDelivery(id: DeliveryId, change: DeliveryChange): Delivery;

  contacts(): StoredContact[];
  contact(by: ContactId | MailAddress): StoredContact | undefined;
  addContact(contact: StoredContact): StoredContact;
  updateContact(id: ContactId, change: ContactChange): StoredContact;
  removeContact(id: ContactId): void;
  /** Newest onion certification ever seen for an address, in or out of the address book (rollback guard). */
  newestCertification(address: MailAddress): number | undefined;
  noteCertification(address: MailAddress, certifiedAt: number): void;

  close(): void;
};

// ---------------------------------------------------------------- Backup

/** A file that passes in pieces through the profile's own folder; removed by `discard`. */
export type BackupFile = { readonly path: string; readonly size: number };

/** What is put into a backup besides mail databases: the rows of the vault. */
export type BackupSource = {
  readonly identities: readonly VaultIdentity[];
  readonly settings: Settings;
  /** A consistent copy of an identity's mail, still encrypted with its database key; without mail: contacts and ring alone. */
  copyMail(o: { identity: VaultIdentity; to: string; withMail: boolean }): Promise<{ readonly contacts: number; readonly messages: number }>;
};

/** Reads and writes the one file: age with a passphrase around a tar. Never holds more than a piece in memory. */
export type Backups = {
  create(o: { source: BackupSource; passphrase: string; withMail: boolean; progressed: (progress: BackupProgress) => void }): Promise<BackupFile & { readonly contents: BackupContents }>;
  /** An empty file to take a backup in. */
  receive(o: { size: number }): Promise<{ readonly path: string; write(piece: Uint8Array): Promise<void> }>;
  read(file: BackupFile, offset: number): Promise<Uint8Array>;
  /** Unpacks into a scratch folder, opens every database and reads every row of mail; the folder is gone when it resolves. */
  test(o: { path: string; passphrase: string; progressed: (progress: BackupProgress) => void }): Promise<BackupOutcome>;
  /** Unpacks and checks all of it, then hands the identities over with the folder of their databases; `use` installs them. */
  restore(o: {
    path: string;
    passphrase: string;
    progressed: (progress: BackupProgress) => void;
    use: (restored: { readonly identities: readonly VaultIdentity[]; readonly settings: Settings; readonly mailPath: (identity: VaultIdentity) => string }) => Promise<void>;
  }): Promise<BackupOutcome>;
  discard(path: string): Promise<void>;
  /** Removes what a crash left. */
  clean(): Promise<void>;
};

export type { Contact, Draft };
