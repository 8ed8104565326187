/** The entry of a list at a place that the plan says is there. @throws RangeError when it is not */
export function entryOf<T>(list: readonly T[], place: number): T {
  const entry = list[place];
  if (entry === undefined) throw new RangeError(`The sample's plan names place ${String(place)}, which is not there`);
  return entry;
}
