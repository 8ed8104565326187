import type { ListFilter } from '../../../../shared/lists/list-view';
import type { ListSort } from '../../../../shared/message';

/** The orders of a list, as the menu names them. */
export const sortWords: readonly { readonly sort: ListSort; readonly label: string }[] = [
  { sort: { by: 'date', direction: 'down' }, label: 'Newest first' },
  { sort: { by: 'date', direction: 'up' }, label: 'Oldest first' },
  { sort: { by: 'sender', direction: 'up' }, label: 'Sender’s address, A to Z' },
  { sort: { by: 'sender', direction: 'down' }, label: 'Sender’s address, Z to A' },
  { sort: { by: 'subject', direction: 'up' }, label: 'Subject, A to Z' },
  { sort: { by: 'subject', direction: 'down' }, label: 'Subject, Z to A' },
  { sort: { by: 'size', direction: 'down' }, label: 'Largest first' },
  { sort: { by: 'size', direction: 'up' }, label: 'Smallest first' },
];

/** What a filter leaves, as the menu names it. */
export const filterWords: Readonly<Record<ListFilter, string>> = {
  unread: 'Unread',
  flagged: 'Flagged',
  files: 'With files',
  verified: 'Verified',
};

/** «Only unread, with files». */
export const shownWords = (filters: readonly ListFilter[]): string =>
  `Only ${filters.map((filter) => filterWords[filter].toLowerCase()).join(', ')}`;
