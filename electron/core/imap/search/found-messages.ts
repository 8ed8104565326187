import type { MailboxView } from '../view/mailbox-view';

/**
 * Whether a UID is among those that were found, of which a bit is kept for each message: a command may have hundreds of
 * keys that each find all messages.
 */
export function foundMessages(view: MailboxView, uids: readonly number[]): (uid: number) => boolean {
  const bits = new Uint8Array(Math.ceil(view.count / 8));
  const placeOf = (uid: number): number => (view.numberOf(uid) ?? 0) - 1;
  for (const uid of uids) {
    const place = placeOf(uid);
    if (place >= 0) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
  }
  return (uid) => {
    const place = placeOf(uid);
    return place >= 0 && ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  };
}
