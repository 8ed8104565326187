import type { MailAddress } from '../../../../../shared/ids';
import { recipientKey } from '../../../domain/gateway/recipient-key';

type Lists = { readonly to: readonly MailAddress[]; readonly cc: readonly MailAddress[] };
type Named = Lists & {
  /** Of a Bcc field, which is honoured and never sent. */
  readonly bcc: readonly MailAddress[];
  /** Whom the program asks to bring it to. */
  readonly envelope: readonly MailAddress[];
};

/**
 * Whom a letter names, each mailbox once, and whom it goes to: the envelope alone says that (RFC 5321 2.3.1), since a
 * program may send one letter in several parts. Who stands in neither To nor Cc is a hidden recipient.
 */
export function placeRecipients({ to, cc, bcc, envelope }: Named): Lists & {
  readonly bcc: readonly MailAddress[];
  readonly deliverTo: readonly MailAddress[];
} {
  const open = new Map<MailAddress, MailAddress>();
  const take = (addresses: readonly MailAddress[]): MailAddress[] =>
    addresses.filter((address) => {
      const isNew = !open.has(recipientKey(address));
      if (isNew) open.set(recipientKey(address), address);
      return isNew;
    });
  const lists = { to: take(to), cc: take(cc) };
  const wanted = new Map([...envelope, ...bcc].map((address) => [recipientKey(address), address]));
  const hidden = [...wanted].filter(([key]) => !open.has(key)).map(([, address]) => address);
  const seen = [...open].filter(([key]) => wanted.has(key)).map(([, address]) => address);
  return { ...lists, bcc: hidden, deliverTo: [...seen, ...hidden] };
}
