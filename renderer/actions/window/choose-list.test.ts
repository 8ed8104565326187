import { beforeEach, describe, expect, it } from 'vitest';
import { defaultView, isDefault, useListViews, viewIn } from '../../state/lists/list-views';
import { pageKey } from '../../state/pages';
import { markRows, setSearch, showAllInboxes, showFolder, showIdentity, useSelection } from '../../state/selection';
import { resetStore } from '../../testing/reset-store';
import { identityId, ME } from '../../testing/sample-mail';
import { filterList, sortList, toggleFilter } from './choose-list';

const view = (folder: 'inbox' | 'sent' = 'inbox', of = ME) => viewIn(useListViews.getState(), of, folder);

beforeEach(() => {
  resetStore(useSelection);
  resetStore(useListViews);
  showIdentity(ME);
});

describe('how a list is shown', () => {
  it('is chosen for each mailbox of each identity, and kept when one goes and comes back', () => {
    sortList({ by: 'size', direction: 'down' });
    toggleFilter('files');
    showFolder('sent');
    expect(view('sent')).toEqual(defaultView);
    toggleFilter('flagged');
    showFolder('inbox');
    expect(view()).toEqual({ sort: { by: 'size', direction: 'down' }, filters: ['files'] });
    expect(view('sent').filters).toEqual(['flagged']);
    expect(view('inbox', identityId(2))).toEqual(defaultView);
  });

  it('is chosen for all inboxes together by itself', () => {
    showAllInboxes();
    toggleFilter('unread');
    showFolder('inbox');
    expect(view()).toEqual(defaultView);
    expect(viewIn(useListViews.getState(), 'all', 'inbox').filters).toEqual(['unread']);
  });

  it('marks nothing that may be hidden then', () => {
    markRows(['a', 'b']);
    toggleFilter('unread');
    expect(useSelection.getState().marked.size).toBe(0);
    markRows(['a']);
    sortList({ by: 'sender', direction: 'up' });
    expect(useSelection.getState().marked.size).toBe(0);
  });

  it('is all again when the filters are taken away, one by one or at once', () => {
    toggleFilter('unread');
    toggleFilter('verified');
    toggleFilter('unread');
    expect(view().filters).toEqual(['verified']);
    filterList([]);
    expect(isDefault(view())).toBe(true);
  });

  it('does not change what a search finds', () => {
    setSearch('harvest');
    toggleFilter('unread');
    expect(view()).toEqual(defaultView);
  });

  it('is read page by page on its own, the same for filters in any order', () => {
    const keys = [
      defaultView,
      { ...defaultView, filters: ['unread'] },
      { sort: { by: 'date', direction: 'up' }, filters: [] },
      { sort: { by: 'size', direction: 'up' }, filters: [] },
    ] as const;
    expect(new Set(keys.map((one) => pageKey(ME, 'inbox', one))).size).toBe(keys.length);
    const both = (filters: ['unread', 'files'] | ['files', 'unread']) =>
      pageKey(ME, 'inbox', { ...defaultView, filters });
    expect(both(['unread', 'files'])).toBe(both(['files', 'unread']));
  });
});
