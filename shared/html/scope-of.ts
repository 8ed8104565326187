/** Over which elements an end tag does not reach (WHATWG HTML 13.2.4.2, «has an element in scope»). */
const CELLS: ReadonlySet<string> = new Set(['table', 'td', 'th', 'caption', 'marquee']);
const LISTS: ReadonlySet<string> = new Set([...CELLS, 'ol', 'ul']);
const TABLE: ReadonlySet<string> = new Set(['table']);
const TABLE_PARTS: ReadonlySet<string> = new Set('table tbody thead tfoot tr td th caption'.split(' '));

/** One of the three scopes by which end tags are read. */
export type Scope = 'cells' | 'list' | 'table';

/** The scope in which an end tag of this name looks for what it ends. */
export function scopeOf(name: string): Scope {
  if (TABLE_PARTS.has(name)) return 'table';
  return name === 'li' ? 'list' : 'cells';
}

const BOUNDS: Readonly<Record<Scope, ReadonlySet<string>>> = { cells: CELLS, list: LISTS, table: TABLE };

/** Whether a scope ends with this element; the element itself is still in it. */
export const endsScope = (scope: Scope, name: string): boolean => BOUNDS[scope].has(name);
