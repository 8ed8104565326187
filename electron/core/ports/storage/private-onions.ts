import type { ContactId } from '../../../../shared/ids';
import type { ContactOnion, OwnPrivateOnion } from './custody-records';

/** Onions under which only chosen people find us, and those by which we find others. */
export type PrivateOnions = {
  isPrivate(): boolean;
  setPrivate(isPrivate: boolean): void;
  /** Our doors, oldest first. */
  own(): OwnPrivateOnion[];
  add(seed: Uint8Array): void;
  remove(seed: Uint8Array): void;
  admit(o: { contactId: ContactId; privateOnionSeed: Uint8Array; secret: Uint8Array }): void;
  /** They find us no longer. */
  shutOut(contactId: ContactId): void;
  /** The way to a contact who is private. */
  ofContact(contactId: ContactId): ContactOnion | undefined;
  /** Throws nothing for an older one than is there; it is left. */
  putOfContact(o: { contactId: ContactId; door: ContactOnion | undefined; issuedAt: number }): void;
  ofContacts(): { readonly contactId: ContactId; readonly door: ContactOnion }[];
};
