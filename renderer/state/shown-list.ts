import type { IdentityId } from '../../shared/ids';
import { inOrder } from '../../shared/lists/list-view';
import type { SortedPlace } from '../../shared/lists/list-view';
import type { ListSort } from '../../shared/message';
import type { MailboxRef } from '../../shared/mailbox';
import { unreadPage } from './pages';
import type { PageState } from './pages';
import type { ListOwner } from './lists/list-views';

/** The list that is shown: the same mailbox of one identity, or of all of them in one order. */
export type ShownList = {
  readonly owner: ListOwner;
  readonly identityIds: readonly IdentityId[];
  readonly folder: MailboxRef;
};

/** Where the first of the pages ends that can go on. Below it, what is known has holes. */
const firstEnd = (pages: readonly PageState[], sort: ListSort): SortedPlace | undefined =>
  pages
    .flatMap(({ more, oldest }) => (more && oldest ? [oldest] : []))
    .sort(inOrder(sort))
    .at(0);

/** How far one list over several mailboxes has been read: as far as each of them has. */
export const joinPages = (pages: readonly PageState[], sort: ListSort): PageState => {
  const [only] = pages;
  if (only === undefined || pages.length === 1) return only ?? unreadPage;
  return {
    oldest: firstEnd(pages, sort),
    more: pages.some(({ more }) => more),
    loading: pages.some(({ loading }) => loading),
    loaded: pages.every(({ loaded }) => loaded),
    failed: pages.some(({ failed }) => failed),
  };
};

/** Whether reading on in this mailbox shows more of the list: the others wait until it has caught up. */
export const isBehind = (page: PageState, joined: PageState): boolean =>
  !page.loaded || (page.more && page.oldest === joined.oldest);
