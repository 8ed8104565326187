import { create } from 'zustand';
import { newestFirst } from '../../../shared/lists/list-view';
import type { ListFilter } from '../../../shared/lists/list-view';
import type { ListSort } from '../../../shared/message';
import type { IdentityId } from '../../../shared/ids';
import type { MailboxRef } from '../../../shared/mailbox';
import { MAX_LIST_SORTS } from '../../../shared/settings';
import type { Settings } from '../../../shared/settings';

/** In which order a mailbox is shown, and what of it. */
export type ListView = { readonly sort: ListSort; readonly filters: readonly ListFilter[] };

export const defaultView: ListView = { sort: newestFirst, filters: [] };

const isNewestFirst = ({ by, direction }: ListSort): boolean => by === 'date' && direction === 'down';

/** Everything, newest first. */
export const isDefault = ({ sort, filters }: ListView): boolean => isNewestFirst(sort) && filters.length === 0;

/** Sorted by anything but the date, messages stand by themselves: the parts of a conversation are far apart. */
export const standsSingly = ({ sort }: ListView): boolean => sort.by !== 'date';

type KeptSorts = NonNullable<Settings['listSorts']>;
type Views = { readonly byMailbox: Readonly<Partial<Record<string, ListView>>> };

/** Whose mailbox a list shows: an identity's, or those of all. */
export type ListOwner = IdentityId | 'all';

/** How each mailbox is looked at; its order is remembered (`keepSorts`), what it leaves out is not. */
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

/** The orders that are to be remembered: those that are not the plain one. */
export const keptSorts = ({ byMailbox }: Views): KeptSorts =>
  Object.entries(byMailbox)
    .flatMap(([list, view]) => (view && !isNewestFirst(view.sort) ? [{ list, sort: view.sort }] : []))
    .slice(-MAX_LIST_SORTS);

/** Shows mailboxes in the orders that were remembered, where no other was chosen since the window opened. */
export const recallSorts = (kept: KeptSorts): void =>
  useListViews.setState(({ byMailbox }) => ({
    byMailbox: { ...Object.fromEntries(kept.map(({ list, sort }) => [list, { sort, filters: [] }])), ...byMailbox },
  }));
