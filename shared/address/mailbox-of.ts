import { MailAddress } from '../ids';

/** Capitals of ASCII alone: `toLowerCase` makes a plain `k` of the Kelvin sign, and an address of somebody else. */
export const asciiLowerCase = (text: string): string => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

/**
 * The mailbox of an address: `local+tag@onion` is `local@onion` (RFC 5233, PROTOCOL.md 1). An address that would be
 * none without its tag is its own mailbox.
 */
export function mailboxOf(address: MailAddress): MailAddress {
  const mailbox = MailAddress.safeParse(untagged(address));
  return mailbox.success ? mailbox.data : address;
}

/** Whether two texts name the same mailbox, also while one of them is no address yet. */
export const isSameMailbox = (one: string, other: string): boolean => mailboxKey(one) === mailboxKey(other);

/** By which addresses of one person are found in a map: the same for every tag and for capitals. */
export const mailboxKey = (text: string): string => untagged(asciiLowerCase(text));

function untagged(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.slice(0, Math.max(0, at)).indexOf('+');
  return plus <= 0 || address[plus - 1] === '.' ? address : address.slice(0, plus) + address.slice(at);
}
