/**
 * A one-time code by which this person's other machine asks this one to hold its mail. Its text says so, so that no
 * scanned card is taken for a pairing code.
 */
const PREFIX = 'keep-';

export const toPairingCode = (code: string): string => PREFIX + code;
export const isPairingCode = (code: string): boolean => code.startsWith(PREFIX);
