import type { IdentityId } from '../../../shared/ids';
import type { SavedSearch } from '../../../shared/search/saved-search';
import { askToConfirm } from '../../state/questions/confirmation';
import { leaveAllInboxes, setSearch, showView } from '../../state/selection';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';
import { isolated } from '../../../shared/text/text-direction';

const of = ({ identityId, id }: SavedSearch) => ({ identityId, searchId: id });

export type NewSearch = { readonly identityId: IdentityId; readonly name: string; readonly text: string };

/** Keeps a search beside the mailboxes. */
export const saveSearch = async ({ core }: Services, search: NewSearch): Promise<void> => {
  await tryOrTell(() => core.call('searches.save', search));
};

/** Gives a saved search another name. */
export const renameSearch = async (
  { core }: Services,
  { search, name }: { readonly search: SavedSearch; readonly name: string },
): Promise<void> => {
  await tryOrTell(() => core.call('searches.change', { ...of(search), name }));
};

/** Deletes a saved search, after a question: no mail goes with it. */
export const deleteSearch = ({ core }: Services, search: SavedSearch): void =>
  askToConfirm({
    title: `Delete the search ${isolated(search.name)}?`,
    text: 'Only the search is deleted. The messages that it finds stay where they are.',
    confirm: 'Delete search',
    tone: 'danger',
    run: () => void tryOrTell(() => core.call('searches.delete', of(search))),
  });

/** Shows what a saved search finds now. */
export const openSearch = ({ text }: SavedSearch): void => {
  showView('mail');
  // It looks through the mail of the identity whose search it is.
  leaveAllInboxes();
  setSearch(text);
};
