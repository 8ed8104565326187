import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readStatusItems, type StatusItem } from './status-items';

const SELECTIONS = ['RECURSIVEMATCH', 'REMOTE', 'SPECIAL-USE', 'SUBSCRIBED'] as const;
const RETURNS = ['CHILDREN', 'SPECIAL-USE', 'SUBSCRIBED'] as const;
type Selection = (typeof SELECTIONS)[number];
type Return = (typeof RETURNS)[number];

/** What LIST asks for (RFC 9051 6.3.9; LIST-STATUS, SPECIAL-USE). Names are octets. */
export type ListArguments = {
  readonly selections: ReadonlySet<Selection>;
  readonly reference: Uint8Array;
  readonly patterns: readonly Uint8Array[];
  readonly returns: ReadonlySet<Return>;
  readonly status?: readonly StatusItem[];
  /** It has a part that LIST of RFC 3501 has not. */
  readonly isExtended: boolean;
};

const PATTERN = /[^\x00-\x20\x7f-\xff(){"\\]+/y;

export function readList(reader: ArgumentReader): ListArguments {
  reader.space();
  const isSelecting = reader.next === '(';
  const selections = new Set(isSelecting ? reader.list(() => oneOf(reader, SELECTIONS)) : []);
  if (isSelecting) reader.space();
  if (selections.has('RECURSIVEMATCH') && !selections.has('SUBSCRIBED') && !selections.has('SPECIAL-USE'))
    throw new BadCommand('RECURSIVEMATCH needs another selection');
  const reference = reader.astringOctets();
  reader.space();
  const hasMany = reader.next === '(';
  const patterns = hasMany ? reader.list(() => readPattern(reader)) : [readPattern(reader)];
  const isReturning = reader.skip(' RETURN ');
  const returned = isReturning ? readReturns(reader) : { returns: new Set<Return>() };
  return { selections, reference, patterns, ...returned, isExtended: isSelecting || hasMany || isReturning };
}

/** `reference pattern` as LSUB has them (RFC 3501 6.3.9). */
export function readLsub(reader: ArgumentReader): Pick<ListArguments, 'reference' | 'patterns'> {
  reader.space();
  const reference = reader.astringOctets();
  reader.space();
  return { reference, patterns: [readPattern(reader)] };
}

function readPattern(reader: ArgumentReader): Uint8Array {
  const atom = reader.match(PATTERN)?.[0];
  return atom === undefined ? reader.stringOctets() : Buffer.from(atom, 'latin1');
}

function readReturns(reader: ArgumentReader): Pick<ListArguments, 'returns' | 'status'> {
  const returns = new Set<Return>();
  let status: readonly StatusItem[] | undefined;
  reader.list(() => {
    if (!reader.skip('STATUS ')) returns.add(oneOf(reader, RETURNS));
    else status = readStatusItems(reader);
  });
  return { returns, ...(status ? { status } : {}) };
}

function oneOf<T extends string>(reader: ArgumentReader, known: readonly T[]): T {
  const word = reader.word();
  const found = known.find((name) => name === word);
  if (found === undefined) throw new BadCommand('There is no such option of LIST');
  return found;
}
