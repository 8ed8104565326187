import type { ContactId, CustodyId, DeliveryId, MailAddress, OnionHost } from '../../../shared/ids';
import type { TrustResult } from '../domain/trust/trust-model';
import type { Backups } from '../ports/backups';
import type { HeldEnvelopeFacts, CustodyCrypto } from '../ports/custody-crypto';
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
  readonly post: Post;
};

/** What use cases ask of the machinery of their identity after they have changed something. None of it throws. */
export type Post = {
  /** A message or a note was queued. */
  wake(): void;
  /** Tries this delivery now, or, when it has ended meanwhile, breaks off what is under way. */
  hurry(id: DeliveryId): void;
  /** Somebody is online: what waits for them goes now. */
  hurryTo(address: MailAddress): void;
  /** Contacts, agreements or doors changed: what others must know of it is sent. */
  refreshHolding(): void;
  /** What the sender of an envelope says of others that went to holders. */
  recordEnvelope(o: {
    readonly contactId: ContactId;
    readonly facts: HeldEnvelopeFacts;
    readonly messageId: string;
  }): void;
  /** A holder has handed a message over; true when it did so with the same one before. */
  recordHandOver(o: { readonly custodyId: CustodyId; readonly holder: OnionHost; readonly left: number }): boolean;
};

/** What an identity believes of the keys in its ring. */
export type Trust = {
  /** Computes it anew after something was learned; resolves when contacts show it, and never rejects. */
  refresh(): Promise<void>;
  /** As last computed; undefined before the first time. */
  result(): TrustResult | undefined;
};
