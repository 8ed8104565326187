/** The local part in From of every envelope; the sender is named inside the seal only. */
export const ENVELOPE_SENDER = 'sealed';

/**
 * The fields of an envelope's header, each exactly once: a further field, which only some senders write, would tell a
 * holder about the sender.
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
