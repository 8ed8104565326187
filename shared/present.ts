/**
 * The keys of `T` whose value may be undefined become optional, and lose undefined; the others stay as they are. That
 * is what an object with `exactOptionalPropertyTypes` asks for, where «absent» and «undefined» are two things.
 */
export type Present<T> = {
  [K in keyof (RequiredPart<T> & OptionalPart<T>)]: (RequiredPart<T> & OptionalPart<T>)[K];
};

type RequiredPart<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };
type OptionalPart<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/**
 * A copy of `fields` without the keys whose value is undefined. Null, false, 0 and '' are values and stay.
 *
 * @example `save({ id, ...present({ name }) })` passes `name` on only when there is one
 */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
