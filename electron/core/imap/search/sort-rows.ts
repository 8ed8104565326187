/** Rows sorted at once. */
const RUN = 1_000;

/** Sorts by merging, and lets others work in between. Rows that are equal keep their order. */
export async function sortRows<T>(
  rows: readonly T[],
  { compare, rest }: { readonly compare: (one: T, other: T) => number; readonly rest: () => Promise<void> },
): Promise<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let at = 0; at < rows.length; at += RUN) {
    runs.push(rows.slice(at, at + RUN).sort(compare));
    await rest();
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await merge({ one: runs[at] ?? [], other: runs[at + 1] ?? [], compare, rest }));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(o: {
  readonly one: readonly T[];
  readonly other: readonly T[];
  readonly compare: (one: T, other: T) => number;
  readonly rest: () => Promise<void>;
}): Promise<T[]> {
  const { one, other, compare, rest } = o;
  const merged: T[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [first, second] = [one[left], other[right]];
    if (first === undefined || second === undefined) return [...merged, ...one.slice(left), ...other.slice(right)];
    const isFirst = compare(first, second) <= 0;
    merged.push(isFirst ? first : second);
    if (isFirst) left += 1;
    else right += 1;
    if (merged.length % RUN === 0) await rest();
  }
}
