import type { MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../mail-address';
import { readRelayTag } from './relay-tag';

/**
 * By which a recipient is told from others: the mailbox, or the whole address where its tag stands for somebody else,
 * as with a gateway to ordinary e-mail.
 */
export function recipientKey(address: MailAddress): MailAddress {
  const { kind } = readRelayTag(address);
  return kind === 'outside' || kind === 'everybody' ? address : mailboxOf(address);
}

/** Of each mailbox the first address: a letter comes to it once, and names the others. */
export function onePerMailbox(addresses: readonly MailAddress[]): MailAddress[] {
  const first = new Map<MailAddress, MailAddress>();
  for (const address of addresses) if (!first.has(mailboxOf(address))) first.set(mailboxOf(address), address);
  return [...first.values()];
}

/**
 * Whether a hidden recipient stands behind a mailbox that gets another copy of the same letter, and so would get none.
 */
export function isHiddenBehindOther({
  open,
  hidden,
}: {
  readonly open: readonly MailAddress[];
  readonly hidden: readonly MailAddress[];
}): boolean {
  const all = [...open, ...hidden].map(mailboxOf);
  return hidden.some(
    (address) =>
      recipientKey(address) !== mailboxOf(address) && all.filter((each) => each === mailboxOf(address)).length > 1,
  );
}
