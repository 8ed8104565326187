import { folderOf } from '../../../../shared/search/folder-names';

/**
 * What `in:` and `tag:` ask of a message `m`, as SQL with the values for it; the one place that knows where mail lies.
 */
export function placeCondition(kind: 'in' | 'tag', name: string): { readonly where: string; readonly value?: string } {
  const folder = kind === 'in' ? folderOf(name) : undefined;
  return folder === undefined ? { where: '0' } : { where: 'm.folder =', value: folder };
}
