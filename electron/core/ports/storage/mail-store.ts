import type { Agreements } from './agreements';
import type { ClientMail } from './clients/client-mail';
import type { Contacts } from './contacts';
import type { Contents } from './contents';
import type { ControlQueue } from './control-queue';
import type { CustodyAsHolder } from './custody-as-holder';
import type { CustodyAsRecipient } from './custody-as-recipient';
import type { CustodyAsSender } from './custody-as-sender';
import type { Drafts } from './drafts';
import type { Keyring } from './keyring';
import type { Mailboxes } from './mailboxes';
import type { MailingLists } from './lists/mailing-lists';
import type { MessageSearch } from './message-search';
import type { Messages } from './messages';
import type { Outbox } from './outbox';
import type { PrivateOnions } from './private-onions';
import type { RelayRecords } from './gateway/relay-records';
import type { ScanCodes } from './scan-codes';
import type { ServedMail } from './served-mail';
import type { StorageAmounts } from './storage-amounts';
import type { Tags } from './tags';

/**
 * The storage of one identity's mail, one part for each subject. Every write is one transaction, committed with
 * synchronous=FULL when it returns or resolves, and publishes its events right after the commit. Throws `PosthornError`
 * with `disk-full`, `store-damaged` or `…-unknown`; a write that throws has changed nothing.
 */
export type MailParts = {
  readonly messages: Messages;
  readonly contents: Contents;
  readonly mailboxes: Mailboxes;
  readonly tags: Tags;
  readonly served: ServedMail;
  readonly clients: ClientMail;
  readonly search: MessageSearch;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly contacts: Contacts;
  readonly keyring: Keyring;
  readonly scanCodes: ScanCodes;
  readonly custody: {
    readonly agreements: Agreements;
    readonly asHolder: CustodyAsHolder;
    readonly asRecipient: CustodyAsRecipient;
    readonly asSender: CustodyAsSender;
  };
  readonly control: ControlQueue;
  readonly lists: MailingLists;
  readonly access: PrivateOnions;
  readonly relay: RelayRecords;
  readonly storage: StorageAmounts;
};

/** The open file of one identity's mail: the only SQL of the core. */
export type MailStore = MailParts & { close(): void };
