import { MailAddress } from '../../../../shared/ids';
import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import { OutsideAddress } from '../../../../shared/gateway/outside-address';

/** What the tag of a gateway's address asks for. `everybody`: all who take part in what is answered. */
export type RelayTag =
  | { readonly kind: 'none' }
  | { readonly kind: 'everybody' }
  | { readonly kind: 'outside'; readonly address: OutsideAddress }
  | { readonly kind: 'unreadable' };

const EVERYBODY = 'all';

/**
 * The outside address that a tag stands for: `gateway+carol=example.com@<56>.onion` is carol@example.com by way of this
 * gateway. The last `=` is the one that stands for `@`.
 */
export function readRelayTag(address: MailAddress): RelayTag {
  const local = address.slice(0, address.lastIndexOf('@'));
  const plus = local.indexOf('+');
  if (plus < 0) return { kind: 'none' };
  const tag = local.slice(plus + 1);
  if (tag === EVERYBODY) return { kind: 'everybody' };
  const at = tag.lastIndexOf('=');
  const outside = OutsideAddress.safeParse(`${tag.slice(0, Math.max(0, at))}@${tag.slice(at + 1)}`);
  return outside.success ? { kind: 'outside', address: outside.data } : { kind: 'unreadable' };
}

/** Where to write to somebody outside; undefined when the name is too long to be a tag (PROTOCOL.md 1). */
export function writeRelayTag(gateway: MailAddress, outside: string): MailAddress | undefined {
  const at = outside.lastIndexOf('@');
  const tag = asciiLowerCase(`${outside.slice(0, at)}=${outside.slice(at + 1)}`);
  const written = MailAddress.safeParse(gateway.replace('@', `+${tag}@`));
  if (!written.success) return undefined;
  const read = readRelayTag(written.data);
  return read.kind === 'outside' && read.address === asciiLowerCase(outside) ? written.data : undefined;
}

/** The same for all who take part in what is answered. */
export function writeEverybodyTag(gateway: MailAddress): string {
  return gateway.replace('@', `+${EVERYBODY}@`);
}
