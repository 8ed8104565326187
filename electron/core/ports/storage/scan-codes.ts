import type { ContactId } from '../../../../shared/ids';

/** One-time codes: those shown on our screen, and those scanned from contacts, which our mail to them carries. */
export type ScanCodes = {
  /** Adds a code that is shown on the screen; when there are too many, the oldest is forgotten. */
  add(o: { readonly code: string; readonly expiresAt: number }): void;
  /** Uses a code up; false when it is unknown, used or expired. */
  use(o: { readonly code: string; readonly now: number }): boolean;
  /** The code of a contact's card that mail to them alone shall carry, until such a mail was delivered. */
  putToSend(o: { readonly contactId: ContactId; readonly code: string }): void;
  toSend(contactId: ContactId): string | undefined;
};
