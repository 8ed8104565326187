import { addressParser } from 'postal-mime';
import { MailAddress } from '../../../../shared/ids';
import { MAX_HEADER_ADDRESSES } from '../../domain/limits';

/**
 * The onion addresses of a To, Cc or Bcc value, in order and without doubles, at most 500. What is no onion address is
 * left out: nothing can be sent there, and it says nothing about who sent the mail.
 */
export function readAddressList(value: string | undefined): MailAddress[] {
  if (value === undefined) return [];
  const found = new Set<MailAddress>();
  for (const { address } of addressParser(value, { flatten: true })) {
    const checked = MailAddress.safeParse(address);
    if (checked.success) found.add(checked.data);
    if (found.size >= MAX_HEADER_ADDRESSES) break;
  }
  return [...found];
}

/**
 * The one address of a From value (RFC 5322 3.6.2), or undefined. It must stand there as plain text, bare or at the end
 * in angle brackets, so that no encoded word, comment or quoted string can lead a reader to another address.
 */
export function readSingleAddress(value: string): MailAddress | undefined {
  const [first, ...others] = addressParser(value, { flatten: true });
  const checked = MailAddress.safeParse(first?.address);
  if (others.length > 0 || !checked.success) return undefined;
  const isPlain = value === checked.data || value.endsWith(`<${checked.data}>`);
  return isPlain && value.split('<').length <= 2 ? checked.data : undefined;
}
