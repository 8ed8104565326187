import { readKeyBlock } from '../../../pgp/keys/key-block';
import { createdAt } from '../../../pgp/packets/signatures';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../domain/time';

/** Everything with a time that a stranger has seen of one identity: milliseconds by kind, each once. */
export type Seen = { readonly signatures: Set<number>; readonly keys: Set<number> };

/** Adds the times in a public key to what was seen: of its keys, and of every signature on them. */
export function observe(seen: Seen, publicKey: Uint8Array): void {
  for (const raw of readKeyBlock(publicKey) ?? []) {
    for (const part of [raw.primary, ...raw.subkeys]) seen.keys.add(timeOfKey(part.packet.body));
    for (const part of [raw.primary, ...raw.userIds, ...raw.subkeys])
      for (const signature of part.signatures) seen.signatures.add(createdAt(signature));
  }
}

/** RFC 9580, 5.5.2.2: a version octet, then the time in four. */
function timeOfKey(body: Uint8Array): number {
  return Buffer.from(body).readUInt32BE(1) * SECOND_MS;
}

type Likeness = (one: Seen, other: Seen) => number;

const inSteps =
  (step: number, turn = Infinity): Likeness =>
  ({ signatures: one }, { signatures: other }) => {
    const cut = (times: Set<number>): Set<number> => new Set([...times].map((at) => Math.floor((at % turn) / step)));
    const theirs = cut(other);
    return [...cut(one)].filter((at) => theirs.has(at)).length;
  };

const apart = (one: Iterable<number>, other: Iterable<number>): number =>
  Math.min(...[...one].flatMap((at) => [...other].map((than) => Math.abs(at - than)).filter((wide) => wide > 0)));

const intervals = ({ signatures }: Seen): number[] => {
  const sorted = [...signatures].sort((a, b) => a - b);
  return sorted.slice(1).map((at, index) => at - (sorted[index] ?? 0));
};

const last = (times: Iterable<number>): number => Math.max(...times);

/** What a simple observer may ask of two identities; the higher, the likelier they are one person's. */
export const likenesses: Readonly<Record<string, Likeness>> = {
  'same second': inSteps(SECOND_MS),
  'same second of the day': inSteps(SECOND_MS, DAY_MS),
  'same minute': inSteps(MINUTE_MS),
  'same hour': inSteps(HOUR_MS),
  'same day': inSteps(DAY_MS),
  'nearest signatures': (one, other) => -apart(one.signatures, other.signatures),
  'nearest keys': (one, other) => -apart(one.keys, other.keys),
  'nearest last signatures': (one, other) => -Math.abs(last(one.signatures) - last(other.signatures)),
  'nearest last keys': (one, other) => -Math.abs(last(one.keys) - last(other.keys)),
  'same intervals': (one, other) => {
    const theirs = new Set(intervals(other));
    return intervals(one).filter((wide) => theirs.has(wide)).length;
  },
  'same numbers': (one, other) =>
    -Math.abs(one.signatures.size - other.signatures.size) - Math.abs(one.keys.size - other.keys.size),
};

/**
 * How many of the identities an observer gives their true partner, when each gets the one that is likest to it. The
 * partner of `2n` is `2n + 1`. Where several are equally like, one of them is right by its share.
 */
export function foundPartners(all: readonly Seen[], like: Likeness): number {
  return all.reduce((found, one, index) => {
    const likest = all.map((other, at) => (at === index ? -Infinity : like(one, other)));
    const most = Math.max(...likest);
    const partner = index % 2 === 0 ? index + 1 : index - 1;
    const share = likest.filter((value) => value === most).length;
    return found + (likest[partner] === most ? 1 / share : 0);
  }, 0);
}
