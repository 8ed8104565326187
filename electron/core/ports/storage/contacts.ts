import type { ContactId, MailAddress } from '../../../../shared/ids';
import type { ContactChange, StoredContact } from './mail-records';

/** The address book of one identity, and how new a certification of an address was ever seen. */
export type Contacts = {
  all(): StoredContact[];
  find(by: ContactId | MailAddress): StoredContact | undefined;
  add(contact: StoredContact): StoredContact;
  update(id: ContactId, change: ContactChange): StoredContact;
  remove(id: ContactId): void;
  /** The person has followed a move: letters from both addresses stand in one conversation. */
  recordMove(o: { readonly from: MailAddress; readonly to: MailAddress }): void;
  /** Newest onion certification ever seen for an address, in or out of the address book (rollback guard). */
  newestCertification(address: MailAddress): number | undefined;
  recordCertification(address: MailAddress, certifiedAt: number): void;
};
