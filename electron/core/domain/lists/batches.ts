import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES } from './list-limits';
import type { Entry } from './entry';

/** Entries in batches that each fit into one message, at most `most` of them. The order stays. */
export function* batchesOf(entries: Iterable<Entry>, most: number): Generator<readonly Entry[]> {
  let batch: Entry[] = [];
  let octets = 0;
  let made = 0;
  for (const entry of entries) {
    const size = entry.body.length + ENTRY_OCTETS;
    if (batch.length > 0 && (octets + size > MAX_BATCH_BYTES || batch.length >= MAX_BATCH_ENTRIES)) {
      yield batch;
      made += 1;
      if (made >= most) return;
      [batch, octets] = [[], 0];
    }
    batch.push(entry);
    octets += size;
  }
  if (batch.length > 0) yield batch;
}

/** Statement and signature. */
const ENTRY_OCTETS = 700;
