import { SMTP_SLOW_AFTER_MS, SMTP_SLOW_BYTES_PER_SECOND } from '../domain/limits';

/** How a connection is getting on. */
export type Progress = { readonly ageMs: number; readonly octets: number; readonly isStoring: boolean };

const rateOf = ({ ageMs, octets }: Progress): number => (octets * 1_000) / ageMs;

/** The connection to close so that a new one has a place: the slowest of those that are slow; undefined when none is. */
export function chooseSlowest<T>(connections: Iterable<T>, progressOf: (connection: T) => Progress): T | undefined {
  const slow = [...connections]
    .map((connection) => ({ connection, progress: progressOf(connection) }))
    .filter(({ progress }) => !progress.isStoring && progress.ageMs > SMTP_SLOW_AFTER_MS && rateOf(progress) < SMTP_SLOW_BYTES_PER_SECOND);
  return slow.sort((one, other) => rateOf(one.progress) - rateOf(other.progress))[0]?.connection;
}
