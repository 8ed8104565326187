import type { IdentityId } from '../../../shared/ids';
import { present } from '../../../shared/present';
import { loadPage } from '../../mirror/load';
import type { LoadedPage } from '../../mirror/load';
import { isDefault, useListViews, viewIn } from '../../state/lists/list-views';
import { isBehind, joinPages } from '../../state/shown-list';
import type { ShownList } from '../../state/shown-list';
import { pageKey, setPage, unreadPage, usePages } from '../../state/pages';
import type { PageState } from '../../state/pages';
import { useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { tryToRead } from '../window/try-or-tell';

type Place = Pick<ShownList, 'owner' | 'folder'> & { readonly identityId: IdentityId };
type Read = (page: Pick<PageState, 'loaded' | 'oldest'>, isLarge?: boolean) => Promise<LoadedPage>;

/**
 * Reads the next page of a list as one looks at it, unless it is being read or there is no more. Of several mailboxes
 * it reads the one that holds up the others.
 */
export const loadFolder = async (services: Services, shown: ShownList): Promise<void> => {
  const pages = shown.identityIds.map((identityId) => pageOf({ ...shown, identityId }));
  const joined = joinPages(pages, viewOf(shown).sort);
  const behind = shown.identityIds.filter((_, at) => isBehind(pages[at] ?? unreadPage, joined));
  await eachOf({ ...shown, identityIds: behind }, (place) => loading(services, place, (page, read) => read(page)));
};

const viewOf = ({ owner, folder }: Pick<ShownList, 'owner' | 'folder'>) =>
  viewIn(useListViews.getState(), owner, folder);

const keyOf = (place: Place): string => pageKey(place.identityId, place.folder, viewOf(place));

const pageOf = (place: Place): PageState => usePages.getState().byFolder[keyOf(place)] ?? unreadPage;

const eachOf = ({ identityIds, owner, folder }: ShownList, read: (place: Place) => Promise<void>): Promise<unknown> =>
  Promise.all(identityIds.map((identityId) => read({ identityId, owner, folder })));

/**
 * Reads all that is left of a list as one looks at it, as long as all of it is marked. The list shows it at the end,
 * so that it is made anew once and not for each page.
 */
export const loadWhole = async (services: Services, shown: ShownList): Promise<void> => {
  await eachOf(shown, (place) =>
    loading(services, place, async (page, read) => {
      let last = await read(page, true);
      while (last.more && useSelection.getState().wholeAt !== undefined)
        last = await read({ ...last, loaded: true }, true);
      return last;
    }),
  );
};

const loading = async (
  services: Services,
  place: Place,
  work: (page: PageState, read: Read) => Promise<LoadedPage>,
): Promise<void> => {
  const { identityId, folder } = place;
  const view = viewOf(place);
  const key = keyOf(place);
  const page = pageOf(place);
  if (page.loading || !page.more) return;
  setPage(key, { loading: true, failed: false });
  const order = isDefault(view) ? {} : { sort: view.sort, filters: [...view.filters] };
  const read: Read = ({ loaded, oldest }, isLarge) => {
    const before = loaded ? oldest : undefined;
    return loadPage(services, { identityId, folder, ...order, ...present({ before, isLarge }) });
  };
  const done = await tryToRead(() => work(page, read));
  if (done) setPage(key, { ...done, loading: false, loaded: true });
  else setPage(key, { loading: false, failed: true });
};
