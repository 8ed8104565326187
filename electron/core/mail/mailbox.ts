import type { DeliveryId, MailAddress } from '../../../shared/ids';
import type { TrustResult } from '../domain/trust/trust-model';
import type { Backups } from '../ports/backups';
import type { CustodyCrypto } from '../ports/custody-crypto';
import type { KeyFetcher, KeyServers } from '../ports/key-servers';
import type { MailStore } from '../ports/mail-store';
import type { Mime } from '../ports/mime';
import type { Onion, OnionKeys } from '../ports/onion';
import type { Pgp } from '../ports/pgp';
import type { Clock, Events, Log, Random } from '../ports/runtime';
import type { SmtpListeners, SmtpSender } from '../ports/smtp';
import type { VaultIdentity } from '../ports/vault';

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
};

/** One identity's keys and mail. `identity` is a function because label and certification change while it is open. */
export type Mailbox = {
  readonly identity: () => VaultIdentity;
  readonly mail: MailStore;
  readonly trust: Trust;
  readonly changes: Changes;
};

/**
 * What use cases say after they have changed something; the machinery of the identity does what follows from it. Only
 * use cases call it: rpc, IMAP or SMTP enter through a use case, so that none of them can forget a consequence. None of
 * it throws: what was changed is committed, and a fault in what follows must not look like a failed change.
 */
export type Changes = {
  /** A message or a control message was queued: the outbox looks for what is due. */
  queued(): void;
  /** Contacts, their keys, or what they may know changed: holders and contacts are told what differs now. */
  contacts(): void;
  /** Agreements, holders or private onions changed: holders and contacts are told what differs now. */
  custody(): void;
  /** Somebody is online: what waits for them goes now. */
  online(address: MailAddress): void;
  /** The recipient has told of a delivery: it is tried now, or, when it has ended, the try under way is broken off. */
  delivery(id: DeliveryId): void;
};

/** What an identity believes of the keys in its ring. */
export type Trust = {
  /** Computes it anew after something was learned; resolves when contacts show it, and never rejects. */
  refresh(): Promise<void>;
  /** As last computed; undefined before the first time. */
  result(): TrustResult | undefined;
};
