import type { DeliveryId, MailAddress } from '../../../shared/ids';
import type { TrustResult } from '../domain/trust/trust-model';
import type { AppPasswordHashes } from '../ports/app-passwords';
import type { ClientServers } from '../ports/client-servers';
import type { Backups } from '../ports/storage/backups';
import type { CustodyCrypto } from '../ports/custody-crypto';
import type { KeyFetcher, KeyServers } from '../ports/key-servers';
import type { MailParts } from '../ports/storage/mail-store';
import type { MailServer } from '../ports/gateway';
import type { Mime } from '../ports/mime';
import type { Onion, OnionKeys } from '../ports/onion';
import type { Pgp } from '../ports/pgp';
import type { Clock, Events, Log, Random } from '../ports/runtime';
import type { SmtpListeners, SmtpSender } from '../ports/smtp';
import type { VaultIdentity } from '../ports/storage/vault';

/** Everything a use case may ask for; each takes the slice it needs (`Pick<Services, 'clock' | 'pgp'>`). */
export type Services = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly events: Events;
  readonly pgp: Pgp;
  readonly mime: Mime;
  readonly onion: Onion;
  readonly onionKeys: OnionKeys;
  readonly smtpListeners: SmtpListeners;
  readonly smtpSender: SmtpSender;
  readonly keyServers: KeyServers;
  readonly keyFetcher: KeyFetcher;
  readonly backups: Backups;
  readonly custodyCrypto: CustodyCrypto;
  readonly clientServers: ClientServers;
  readonly appPasswordHashes: AppPasswordHashes;
  readonly mailServer: MailServer;
};

/** Whose mail it is: of an identity, or of a guest. */
export type Owned = { readonly identity: () => Pick<VaultIdentity, 'id' | 'address'> };

/** One identity's keys and mail. `identity` is a function because label and certification change while it is open. */
export type Mailbox = MailParts & {
  readonly identity: () => VaultIdentity;
  readonly trust: Trust;
  readonly changes: Changes;
};

/**
 * Use cases call these after they have committed a change; the parts of the identity then do what follows from it. rpc,
 * IMAP and SMTP enter through a use case, so that none of them can forget a consequence. None of these throws: a fault
 * in what follows must not look like a failed change.
 */
export type Changes = {
  /**
   * A message or a control message was queued: the outbox looks for what is due. `by`: a person waits for it, so that
   * the wait after a start is over.
   */
  queued(by?: 'person'): void;
  /** Contacts, their keys, or what they may know changed: holders and contacts are told what differs now. */
  contacts(): void;
  /** Agreements, holders or private onions changed: holders and contacts are told what differs now. */
  custody(): void;
  /** The owner of this address is online: the mail that waits for them is tried now. */
  online(address: MailAddress): void;
  /** A letter has arrived: what acts on letters looks for it. */
  arrived(): void;
  /** Posts to lists came that are not filed yet. */
  lists(): void;
  /** The recipient sent news of a delivery: it is tried now or, when it has ended, the try under way is stopped. */
  delivery(id: DeliveryId): void;
};

/** What an identity believes of the keys in its ring. */
export type Trust = {
  /** Computes trust again after something was learned; resolves when contacts show the result. Never rejects. */
  refresh(): Promise<void>;
  /** The last result; undefined before the first one. */
  result(): TrustResult | undefined;
};
