import { firstSubkeyTime, keyDay } from '../../domain/published-time';
import type { VaultIdentity } from '../../ports/storage/vault';
import type { Services } from '../mailbox';

/** The creation time to write into a key that follows another: the start of a day in the past. */
export function nextKeyDay({ clock, random }: Pick<Services, 'clock' | 'random'>): number {
  return keyDay({ now: clock.now(), fraction: random.fraction() });
}

/** What the vault keeps of the first encryption subkey of a key; draws how long it serves. */
export function newSubkey({
  clock,
  random,
}: Pick<Services, 'clock' | 'random'>): Pick<VaultIdentity, 'subkeyMadeAt' | 'rotationShare'> {
  return {
    subkeyMadeAt: firstSubkeyTime({ now: clock.now(), fraction: random.fraction() }),
    rotationShare: random.fraction(),
  };
}
