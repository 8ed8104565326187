import type { ContactId } from '../../../../shared/ids';
import type { ContactOnion, OwnPrivateOnion } from './custody-records';

/** Our private onions, which only chosen contacts can reach, and the private onions of contacts. */
export type PrivateOnions = {
  isPrivate(): boolean;
  setPrivate(isPrivate: boolean): void;
  /** Our private onions, oldest first. */
  own(): OwnPrivateOnion[];
  add(seed: Uint8Array): void;
  remove(seed: Uint8Array): void;
  admit(o: { contactId: ContactId; privateOnionSeed: Uint8Array; secret: Uint8Array }): void;
  /** The contact can no longer reach us. */
  shutOut(contactId: ContactId): void;
  /** The onion of a contact who is private. */
  ofContact(contactId: ContactId): ContactOnion | undefined;
  /** Leaves what is stored when it is newer than this, and does not throw. */
  putOfContact(o: { contactId: ContactId; door: ContactOnion | undefined; issuedAt: number }): void;
  ofContacts(): { readonly contactId: ContactId; readonly door: ContactOnion }[];
};
