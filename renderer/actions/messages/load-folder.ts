import type { IdentityId } from '../../../shared/ids';
import type { MailboxRef } from '../../../shared/mailbox';
import { present } from '../../../shared/present';
import { loadPage } from '../../mirror/load';
import { isDefault, useListViews, viewIn } from '../../state/list-views';
import { pageKey, setPage, unreadPage, usePages } from '../../state/pages';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

/** Reads the next page of a folder as one looks at it, unless it is being read or there is no more. */
export const loadFolder = async (
  services: Services,
  { identityId, folder }: { readonly identityId: IdentityId; readonly folder: MailboxRef },
): Promise<void> => {
  const view = viewIn(useListViews.getState(), identityId, folder);
  const key = pageKey(identityId, folder, view);
  const page = usePages.getState().byFolder[key] ?? unreadPage;
  if (page.loading || !page.more) return;
  setPage(key, { loading: true, failed: false });
  const before = page.loaded ? page.oldest : undefined;
  const order = isDefault(view) ? {} : { sort: view.sort, filters: [...view.filters] };
  const read = await tryOrTell(() => loadPage(services, { identityId, folder, ...order, ...present({ before }) }));
  if (read) setPage(key, { ...read, loading: false, loaded: true });
  else setPage(key, { loading: false, failed: true });
};
