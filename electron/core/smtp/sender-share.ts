import { MAX_SMTP_CONNECTIONS_PER_SENDER } from '../domain/limits';
import type { Progress } from './choose-who-gives-way';

type Holder = { readonly sender: string | undefined; progress(): Progress };

/**
 * Of whoever holds the most places, and more than their share of them, the oldest that is not storing; undefined when nobody holds so many.
 * For whom a connection speaks is not proved, so that nobody is refused for the name: peers who claim a contact's take places from each other,
 * and the contact has the newest.
 * @param holders oldest first
 */
export function chooseOfLargestShare<T extends Holder>(holders: Iterable<T>): T | undefined {
  const shares = new Map<string | undefined, T[]>();
  for (const holder of holders) shares.set(holder.sender, [...(shares.get(holder.sender) ?? []), holder]);
  const [largest = []] = [...shares.values()].sort((one, other) => other.length - one.length);
  return largest.length > MAX_SMTP_CONNECTIONS_PER_SENDER ? largest.find((holder) => !holder.progress().isStoring) : undefined;
}
