import { create } from 'zustand';
import type { IdentityId } from '../../shared/ids';
import type { SavedSearch, SearchOrder } from '../../shared/search/saved-search';

/** A search that is to be saved, or a saved one that gets another name. */
export type NamedSearch = SavedSearch | { readonly identityId: IdentityId; readonly text: string };

type Searches = {
  /** The search that is being named, if any. */
  readonly naming: NamedSearch | undefined;
  readonly order: SearchOrder;
  /** Of each identity, in the order in which they were saved; absent until they are read. */
  readonly saved: Readonly<Partial<Record<string, readonly SavedSearch[]>>>;
};

const none: Searches = { naming: undefined, order: 'newest', saved: {} };

/** The order of what is found, and the searches that are kept. */
export const useSearches = create<Searches>()(() => none);

/** Takes over the saved searches of one identity. */
export const setSavedSearches = (identityId: IdentityId, searches: readonly SavedSearch[]): void =>
  useSearches.setState(({ saved }) => ({ saved: { ...saved, [identityId]: searches } }));

/** Asks for the name of a search, or (with undefined) no longer. */
export const nameSearch = (naming: NamedSearch | undefined): void => useSearches.setState({ naming });

/** Forgets them: the profile was locked. */
export const forgetSearches = (): void => useSearches.setState(none);
