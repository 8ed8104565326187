import type { Fingerprint, MailAddress } from '../../../shared/ids';

/** What an HKP request asks of us, or undefined when it asks for anything but the one key we have. */
export type Lookup = 'get' | 'index' | undefined;

/**
 * Reads the target of a request (draft-gallagher-openpgp-hkp): `/pks/lookup?op=get|index&search=…` where the search is
 * exactly the address, its onion, or the fingerprint or long key id after `0x`. Nothing can be found by guessing parts.
 */
export function readLookup(target: string, o: { address: MailAddress; fingerprint: Fingerprint }): Lookup {
  const question = target.indexOf('?');
  if (question < 0 || target.slice(0, question) !== '/pks/lookup') return undefined;
  const parameters = new URLSearchParams(target.slice(question + 1));
  const operation = parameters.get('op');
  if (operation !== 'get' && operation !== 'index') return undefined;
  return isOurs(parameters.get('search') ?? '', o) ? operation : undefined;
}

function isOurs(search: string, o: { address: MailAddress; fingerprint: Fingerprint }): boolean {
  if (search.startsWith('0x'))
    return [o.fingerprint, o.fingerprint.slice(-16)].some((id) => id === search.slice(2).toUpperCase());
  return (
    search === o.address || search === `<${o.address}>` || search === o.address.slice(o.address.lastIndexOf('@') + 1)
  );
}

/** The machine-readable index of one key, as gpg wants it; times are left out, the key itself tells them. */
export function writeIndex(o: { address: MailAddress; fingerprint: Fingerprint }): string {
  const userId = `<${o.address}>`.replace(/[%:]/g, (character) => encodeURIComponent(character));
  return `info:1:1\npub:${o.fingerprint}:22:256:::\nuid:${userId}:::\n`;
}
