/** The local part in From of every envelope: who wrote what is inside is told inside. */
export const ENVELOPE_SENDER = 'sealed';

/**
 * The fields of an envelope's header, each exactly once; a field more would be something that one sender writes and
 * others do not.
 */
export const ENVELOPE_FIELDS: readonly string[] = [
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
];

/** The onion of an address. */
export const onionPart = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
