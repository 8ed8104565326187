import type { ContactId } from '../../../../shared/ids';

/** One-time codes: those that stand on our screen, and those that our next mail brings. */
export type ScanCodes = {
  /** A one-time scan code that was put on the screen; the oldest of too many is forgotten. */
  add(o: { readonly code: string; readonly expiresAt: number }): void;
  /** Uses a code up; false when it is unknown, used or past. */
  use(o: { readonly code: string; readonly now: number }): boolean;
  /** The code of a contact's card that the next mail to them shall carry, once. */
  putToSend(o: { readonly contactId: ContactId; readonly code: string }): void;
  toSend(contactId: ContactId): string | undefined;
  dropToSend(contactId: ContactId): void;
};
