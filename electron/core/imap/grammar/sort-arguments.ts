import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readCharset, type SearchArguments } from './search-arguments';
import { readSearchKeys } from './search-keys';

const CRITERIA = ['ARRIVAL', 'CC', 'DATE', 'FROM', 'SIZE', 'SUBJECT', 'TO'] as const;
export type SortCriterion = { readonly by: (typeof CRITERIA)[number]; readonly isReverse: boolean };

const ALGORITHMS = ['ORDEREDSUBJECT', 'REFERENCES'] as const;
export type ThreadAlgorithm = (typeof ALGORITHMS)[number];

/** `(criteria) charset keys` (RFC 5256 3). */
export function readSort(reader: ArgumentReader): SearchArguments & { readonly criteria: readonly SortCriterion[] } {
  reader.space();
  const criteria = reader.list(() => readCriterion(reader));
  if (criteria.length === 0) throw new BadCommand('There is nothing to sort by');
  return { criteria, ...readCharsetAndKeys(reader) };
}

/** `algorithm charset keys`. */
export function readThread(reader: ArgumentReader): SearchArguments & { readonly algorithm: ThreadAlgorithm } {
  reader.space();
  const word = reader.word();
  const algorithm = ALGORITHMS.find((name) => name === word);
  if (!algorithm) throw new BadCommand('There is no such algorithm');
  return { algorithm, ...readCharsetAndKeys(reader) };
}

function readCriterion(reader: ArgumentReader): SortCriterion {
  const isReverse = reader.skip('REVERSE ');
  const word = reader.word();
  const by = CRITERIA.find((name) => name === word);
  if (!by) throw new BadCommand('There is no such order');
  return { by, isReverse };
}

function readCharsetAndKeys(reader: ArgumentReader): SearchArguments {
  reader.space();
  const charset = readCharset(reader);
  reader.space();
  return { charset, key: readSearchKeys(reader) };
}
