import { SMTP_SLOW_AFTER_MS, SMTP_SLOW_BYTES_PER_SECOND, SMTP_UNKNOWN_AFTER_MS } from '../domain/limits';

/** How a connection is getting on. `isExpected`: its envelope has named somebody from whom mail is expected. */
export type Progress = { readonly ageMs: number; readonly octets: number; readonly isStoring: boolean; readonly isExpected: boolean };

const rateOf = ({ ageMs, octets }: Progress): number => (octets * 1_000) / ageMs;

/** The slowest of those connections that are slow; undefined when none is. One that is storing is not. */
export function chooseSlowest<T>(connections: Iterable<T>, progressOf: (connection: T) => Progress): T | undefined {
  const slow = [...connections]
    .map((connection) => ({ connection, progress: progressOf(connection) }))
    .filter(({ progress }) => !progress.isStoring && progress.ageMs > SMTP_SLOW_AFTER_MS && rateOf(progress) < SMTP_SLOW_BYTES_PER_SECOND);
  return slow.sort((one, other) => rateOf(one.progress) - rateOf(other.progress))[0]?.connection;
}

/**
 * The connection to close so that a new one has a place: the oldest of nobody we expect, however fast it is, because a contact may be
 * waiting; without one that is old enough the slowest of all.
 */
export function chooseWhoGivesWay<T>(connections: Iterable<T>, progressOf: (connection: T) => Progress): T | undefined {
  let oldest: { readonly connection: T; readonly ageMs: number } | undefined;
  for (const connection of connections) {
    const { ageMs, isStoring, isExpected } = progressOf(connection);
    if (isStoring || isExpected || ageMs <= SMTP_UNKNOWN_AFTER_MS) continue;
    if (!oldest || ageMs > oldest.ageMs) oldest = { connection, ageMs };
  }
  return oldest ? oldest.connection : chooseSlowest(connections, progressOf);
}
