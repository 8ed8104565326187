/** How large things may be, and what stands larger today (scripts/check-structure.mjs). */
export const limits = {
  /** Columns of a line; a literal or a URL that cannot be wrapped does not count. */
  columns: 120,
  /** Source files right in a folder; tests, `testing/` and styles do not count. */
  filesInFolder: 25,
  /** Methods and fields of an exported type of electron/core/ports, with those of the types that it joins with `&`. */
  membersOfPort: 25,
};

/**
 * What breaks a rule today. Nothing may join it. Whoever mends one takes it off the list; an entry that breaks no rule
 * any more is refused as well.
 */
export const standing = {
  folders: [],
  ports: ['electron/core/ports/pgp.ts Pgp'],
  helpersBesideSources: [],
};
