import { create } from 'zustand';
import type { IdentityId } from '../../shared/ids';
import type { FolderCounts } from '../../shared/message';

type Counts = { readonly byIdentity: Readonly<Partial<Record<string, FolderCounts>>> };

/** Unread messages (drafts and outbox: all) of each folder of each identity. */
export const useFolderCounts = create<Counts>()(() => ({ byIdentity: {} }));

/** Takes over the counts of one identity. */
export const setFolderCounts = (identityId: IdentityId, counts: FolderCounts): void =>
  useFolderCounts.setState(({ byIdentity }) => ({ byIdentity: { ...byIdentity, [identityId]: counts } }));
