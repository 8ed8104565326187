import type { MessageSummary } from '../message';

/** Milliseconds between writing and arrival from which a message stands far from where new mail is looked for. */
const LATE_MS = 2 * 24 * 60 * 60_000;

/** Whether a message of somebody else came days after it was written, so that it is not on top of a list. */
export const isLate = ({ protection, storedAt, orderedAt }: MessageSummary): boolean =>
  protection !== 'own' && storedAt - orderedAt >= LATE_MS;

/** Whether a message that was stored just now is one that a person would want to be told of. */
export const isArrival = ({ folder, seen, protection }: MessageSummary): boolean =>
  folder === 'inbox' && !seen && protection !== 'own';
