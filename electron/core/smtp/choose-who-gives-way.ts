import {
  MAX_SMTP_CONNECTIONS_PER_SENDER,
  SMTP_SLOW_AFTER_MS,
  SMTP_SLOW_BYTES_PER_SECOND,
  SMTP_UNKNOWN_AFTER_MS,
} from '../domain/limits';

/** How a connection is getting on. */
export type Progress = { readonly ageMs: number; readonly octets: number; readonly isStoring: boolean };

const rateOf = ({ ageMs, octets }: Progress): number => (octets * 1_000) / ageMs;

/** The slowest of those connections that are slow; undefined when none is. One that is storing is not. */
export function chooseSlowest<T>(connections: Iterable<T>, progressOf: (connection: T) => Progress): T | undefined {
  const slow = [...connections]
    .map((connection) => ({ connection, progress: progressOf(connection) }))
    .filter(
      ({ progress }) =>
        !progress.isStoring && progress.ageMs > SMTP_SLOW_AFTER_MS && rateOf(progress) < SMTP_SLOW_BYTES_PER_SECOND,
    );
  return slow.sort((one, other) => rateOf(one.progress) - rateOf(other.progress))[0]?.connection;
}

/**
 * The newcomer to close so that a new one has a place: the oldest, however fast it is, because a contact may be
 * waiting; undefined when none has had its time. `newcomers` come oldest first; one that is storing stays.
 */
export function chooseOldestNewcomer<T>(newcomers: Iterable<T>, progressOf: (newcomer: T) => Progress): T | undefined {
  for (const newcomer of newcomers) {
    const { ageMs, isStoring } = progressOf(newcomer);
    if (!isStoring) return ageMs > SMTP_UNKNOWN_AFTER_MS ? newcomer : undefined;
  }
  return undefined;
}

type Claimant = { readonly sender: string | undefined; progress(): Progress };

/**
 * The oldest connection that is not storing, of the sender with the most places; undefined when no sender has more than
 * its share. A connection's sender is a claim, so no connection is refused for it: peers that claim a contact's name
 * take places from each other, and the contact has the newest.
 * @param claimants oldest first
 */
export function chooseOfLargestShare<T extends Claimant>(claimants: Iterable<T>): T | undefined {
  const shares = new Map<string | undefined, T[]>();
  for (const claimant of claimants) shares.set(claimant.sender, [...(shares.get(claimant.sender) ?? []), claimant]);
  const [largest = []] = [...shares.values()].sort((one, other) => other.length - one.length);
  return largest.length > MAX_SMTP_CONNECTIONS_PER_SENDER
    ? largest.find((claimant) => !claimant.progress().isStoring)
    : undefined;
}
