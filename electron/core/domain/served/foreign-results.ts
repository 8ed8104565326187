import { octetText, textOctets } from './octet-text';

/** As long as the name of the field, so that every octet of the message stays where it is. */
const FOREIGN = 'X-Foreign-Auth-Results';
const NAME = /^authentication-results(?=[ \t]*:)/gim;

/**
 * A header that somebody else wrote, in which no field can be taken for what we say of its authentication (RFC 8601 5):
 * those of others have another name of the same length.
 */
export function foreignResults(header: Uint8Array): Uint8Array<ArrayBuffer> {
  return textOctets(octetText(header).replace(NAME, FOREIGN));
}
