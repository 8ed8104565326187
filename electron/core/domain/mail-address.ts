import type { AddressCheck, AddressProblem } from '../../../shared/contact';
import { MailAddress, OnionHost } from '../../../shared/ids';
import { asciiLowerCase } from '../../../shared/address/mailbox-of';
import { readAddresses, type ReadAddress, type ReadProblem } from '../../../shared/address/read-addresses';

export { mailboxOf } from '../../../shared/address/mailbox-of';

/**
 * The answer of the onion check in `ports.OnionKeys`, given as a function so that this file stays free of
 * cryptography.
 */
export type OnionCheck = (
  host: string,
) => 'ok' | Exclude<AddressProblem, 'empty' | 'local-part' | 'not-onion' | ReadProblem>;

const LOCAL_PART = /^[a-z0-9!#$%&'*/=?^_`{|}~+-]+(\.[a-z0-9!#$%&'*/=?^_`{|}~+-]+)*$/;

const invalid = (problem: AddressProblem): AddressCheck => ({ outcome: 'invalid', problem });

/**
 * Strict check of an address as it stands on the wire (PROTOCOL.md 1): lower case, ASCII dot-atom local part of at
 * most 64 octets, `@`, and an onion name whose checksum, version and point are right.
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
 * Check of what a person typed or pasted: exactly one address, bare, behind a name or in a `mailto:` URI, in capitals
 * or wrapped within its onion name; then as strict as the wire.
 */
export function checkTypedAddress(text: string, checkOnion: OnionCheck): AddressCheck {
  const [entry, ...others] = readAddresses(text);
  if (entry === undefined) return invalid('empty');
  if (others.length === 0) return checkRead(entry, checkOnion);
  const wrapped = checkMailAddress(unwrapped(text), checkOnion);
  if (wrapped.outcome === 'ok') return wrapped;
  const found = [entry, ...others].filter(({ outcome }) => outcome === 'address');
  return invalid(found.length > 1 ? 'several' : 'unreadable');
}

/** Check of one entry that was read out of a text. */
export function checkRead(entry: ReadAddress, checkOnion: OnionCheck): AddressCheck {
  return entry.outcome === 'address' ? checkMailAddress(entry.address, checkOnion) : invalid(entry.problem);
}

/** A text in which lines end within the onion name, joined; the checksum tells whether they belong together. */
function unwrapped(text: string): string {
  const [local = '', onion = '', ...more] = text.trim().split('@');
  return more.length > 0 ? '' : asciiLowerCase(`${local}@${onion.replace(/\s+/gu, '')}`);
}

/** The onion name behind the `@`. */
export function onionOf(address: MailAddress): OnionHost {
  return OnionHost.parse(address.slice(address.lastIndexOf('@') + 1));
}
