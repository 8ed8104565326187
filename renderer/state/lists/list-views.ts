import { create } from 'zustand';
import { newestFirst } from '../../../shared/lists/list-view';
import type { ListFilter, ListSort } from '../../../shared/lists/list-view';
import type { IdentityId } from '../../../shared/ids';
import type { MailboxRef } from '../../../shared/mailbox';

/** In which order a mailbox is shown, and what of it. */
export type ListView = { readonly sort: ListSort; readonly filters: readonly ListFilter[] };

export const defaultView: ListView = { sort: newestFirst, filters: [] };

const isNewestFirst = ({ by, direction }: ListSort): boolean => by === 'date' && direction === 'down';

/** Everything, newest first. */
export const isDefault = ({ sort, filters }: ListView): boolean => isNewestFirst(sort) && filters.length === 0;

/** Sorted by anything but the date, messages stand by themselves: the parts of a conversation are far apart. */
export const standsSingly = ({ sort }: ListView): boolean => sort.by !== 'date';

type Views = { readonly byMailbox: Readonly<Partial<Record<string, ListView>>> };

/** Whose mailbox a list shows: an identity's, or those of all. */
export type ListOwner = IdentityId | 'all';

/** How each mailbox is looked at, until the profile is locked. */
export const useListViews = create<Views>()(() => ({ byMailbox: {} }));

const keyOf = (owner: ListOwner, folder: MailboxRef): string => `${owner}/${folder}`;

/** How a mailbox is looked at now, for hooks and actions. */
export const viewIn = ({ byMailbox }: Views, owner: ListOwner | undefined, folder: MailboxRef): ListView =>
  (owner && byMailbox[keyOf(owner, folder)]) ?? defaultView;

/** Looks at a mailbox in another way. */
export const setListView = (owner: ListOwner, folder: MailboxRef, change: Partial<ListView>): void =>
  useListViews.setState((views) => ({
    byMailbox: {
      ...views.byMailbox,
      [keyOf(owner, folder)]: { ...viewIn(views, owner, folder), ...change },
    },
  }));
