import { create } from 'zustand';
import type { IdentityId } from '../../shared/ids';
import type { Folder } from '../../shared/message';

/** How far down a folder has been read from the core. */
export type PageState = {
  readonly oldest: number;
  readonly more: boolean;
  readonly loading: boolean;
  readonly loaded: boolean;
  /** Whether the last try to read failed. */
  readonly failed: boolean;
};

export const unreadPage: PageState = {
  oldest: Number.MAX_SAFE_INTEGER,
  more: true,
  loading: false,
  loaded: false,
  failed: false,
};

/** The key of a folder of an identity. */
export const pageKey = (identityId: IdentityId, folder: Folder): string => `${identityId}/${folder}`;

/** Paging of every folder that has been opened. */
export const usePages = create<{ readonly byFolder: Readonly<Partial<Record<string, PageState>>> }>()(() => ({
  byFolder: {},
}));

/** Changes what is known of one folder's paging. */
export const setPage = (key: string, change: Partial<PageState>): void =>
  usePages.setState(({ byFolder }) => ({
    byFolder: { ...byFolder, [key]: { ...unreadPage, ...byFolder[key], ...change } },
  }));
