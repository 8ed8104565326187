/**
 * A one-time code by which this person's other machine asks to be held for; it says so itself, so that no scanned card
 * is taken for one.
 */
const PREFIX = 'keep-';

export const toPairingCode = (code: string): string => PREFIX + code;
export const isPairingCode = (code: string): boolean => code.startsWith(PREFIX);
