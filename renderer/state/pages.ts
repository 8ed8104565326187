import { create } from 'zustand';
import type { IdentityId } from '../../shared/ids';
import type { MailboxRef } from '../../shared/mailbox';
import type { SortedPlace } from '../../shared/lists/list-view';
import { defaultView, isDefault } from './lists/list-views';
import type { ListView } from './lists/list-views';

/** How far down a folder has been read from the core. */
export type PageState = {
  /** Where the last row that was read stands. */
  readonly oldest: SortedPlace | undefined;
  readonly more: boolean;
  readonly loading: boolean;
  readonly loaded: boolean;
  /** Whether the last try to read failed. */
  readonly failed: boolean;
};

export const unreadPage: PageState = {
  oldest: undefined,
  more: true,
  loading: false,
  loaded: false,
  failed: false,
};

/** The key of a folder of an identity, as one looks at it. */
export const pageKey = (identityId: IdentityId, folder: MailboxRef, view: ListView = defaultView): string => {
  const { sort, filters } = view;
  const seen = isDefault(view) ? [] : [sort.by, sort.direction, ...[...filters].sort()];
  return [identityId, folder, ...seen].join('/');
};

/** Paging of every folder that has been opened. */
export const usePages = create<{ readonly byFolder: Readonly<Partial<Record<string, PageState>>> }>()(() => ({
  byFolder: {},
}));

/** Changes what is known of one folder's paging. */
export const setPage = (key: string, change: Partial<PageState>): void =>
  usePages.setState(({ byFolder }) => ({
    byFolder: { ...byFolder, [key]: { ...unreadPage, ...byFolder[key], ...change } },
  }));
