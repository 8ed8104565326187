import type { AddressCheck, AddressProblem } from '../../../shared/contact';
import { MailAddress, OnionHost } from '../../../shared/ids';

/**
 * The answer of the onion check in `ports.OnionKeys`, given as a function so that this file stays free of cryptography.
 */
export type OnionCheck = (
  host: string,
) => 'ok' | Exclude<AddressProblem, 'empty' | 'no-at' | 'local-part' | 'not-onion'>;

const LOCAL_PART = /^[a-z0-9!#$%&'*/=?^_`{|}~+-]+(\.[a-z0-9!#$%&'*/=?^_`{|}~+-]+)*$/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\s]/gu;

const invalid = (problem: AddressProblem): AddressCheck => ({ outcome: 'invalid', problem });

/**
 * Strict check of an address as it stands on the wire (PROTOCOL.md 1): lower case, ASCII dot-atom local part of at most
 * 64 octets, `@`, and an onion name whose checksum, version and point are right.
 */
export function checkMailAddress(text: string, checkOnion: OnionCheck): AddressCheck {
  if (text === '') return invalid('empty');
  const at = text.lastIndexOf('@');
  if (at < 0) return invalid('no-at');
  const localPart = text.slice(0, at);
  const host = text.slice(at + 1);
  if (text !== text.toLowerCase()) return invalid('case');
  if (localPart.length > 64 || !LOCAL_PART.test(localPart)) return invalid('local-part');
  if (!host.endsWith('.onion')) return invalid('not-onion');
  const onion = checkOnion(host);
  if (onion !== 'ok') return invalid(onion);
  const address = MailAddress.safeParse(text);
  return address.success ? { outcome: 'ok', address: address.data } : invalid('alphabet');
}

/**
 * Check of what a person typed or pasted: takes `mailto:`, angle brackets, invisible characters, line breaks and
 * capitals away first, then is as strict as the wire.
 */
export function checkTypedAddress(text: string, checkOnion: OnionCheck): AddressCheck {
  const bare = text.replace(INVISIBLE, '');
  const inBrackets = /<([^<>]*)>$/.exec(bare)?.[1] ?? bare;
  const withoutScheme = inBrackets.replace(/^mailto:/i, '').replace(/\?.*$/, '');
  return checkMailAddress(withoutScheme.toLowerCase(), checkOnion);
}

/** The onion name behind the `@`. */
export function onionOf(address: MailAddress): OnionHost {
  return OnionHost.parse(address.slice(address.lastIndexOf('@') + 1));
}

/** The mailbox of an address: `local+tag@onion` is `local@onion` (RFC 5233). */
export function mailboxOf(address: MailAddress): MailAddress {
  const at = address.lastIndexOf('@');
  const localPart = address.slice(0, at);
  const plus = localPart.indexOf('+');
  return plus <= 0 ? address : MailAddress.parse(localPart.slice(0, plus) + address.slice(at));
}
