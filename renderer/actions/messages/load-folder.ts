import type { IdentityId } from '../../../shared/ids';
import type { MailboxRef } from '../../../shared/mailbox';
import { present } from '../../../shared/present';
import { loadPage } from '../../mirror/load';
import type { LoadedPage } from '../../mirror/load';
import { isDefault, useListViews, viewIn } from '../../state/lists/list-views';
import { pageKey, setPage, unreadPage, usePages } from '../../state/pages';
import type { PageState } from '../../state/pages';
import { useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

type Place = { readonly identityId: IdentityId; readonly folder: MailboxRef };
type Read = (page: Pick<PageState, 'loaded' | 'oldest'>, isLarge?: boolean) => Promise<LoadedPage>;

/** Reads the next page of a folder as one looks at it, unless it is being read or there is no more. */
export const loadFolder = (services: Services, place: Place): Promise<void> =>
  loading(services, place, (page, read) => read(page));

/**
 * Reads all that is left of a folder as one looks at it, as long as all of it is marked. The list shows it at the end,
 * so that it is made anew once and not for each page.
 */
export const loadWhole = (services: Services, place: Place): Promise<void> =>
  loading(services, place, async (page, read) => {
    let last = await read(page, true);
    while (last.more && useSelection.getState().wholeAt !== undefined)
      last = await read({ ...last, loaded: true }, true);
    return last;
  });

const loading = async (
  services: Services,
  { identityId, folder }: Place,
  work: (page: PageState, read: Read) => Promise<LoadedPage>,
): Promise<void> => {
  const view = viewIn(useListViews.getState(), identityId, folder);
  const key = pageKey(identityId, folder, view);
  const page = usePages.getState().byFolder[key] ?? unreadPage;
  if (page.loading || !page.more) return;
  setPage(key, { loading: true, failed: false });
  const order = isDefault(view) ? {} : { sort: view.sort, filters: [...view.filters] };
  const read: Read = ({ loaded, oldest }, isLarge) => {
    const before = loaded ? oldest : undefined;
    return loadPage(services, { identityId, folder, ...order, ...present({ before, isLarge }) });
  };
  const done = await tryOrTell(() => work(page, read));
  if (done) setPage(key, { ...done, loading: false, loaded: true });
  else setPage(key, { loading: false, failed: true });
};
