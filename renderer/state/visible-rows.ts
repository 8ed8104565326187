import { create } from 'zustand';
import type { ThreadRow } from './thread-rows';

type VisibleRows = {
  readonly rows: readonly ThreadRow[];
  /** The conversation in the reader as a row; it may have left the list, for example to another folder. */
  readonly opened: ThreadRow | undefined;
};

/** The rows that the list shows now, in its order: what keys like «next» and «archive» work on. */
export const useVisibleRows = create<VisibleRows>()(() => ({ rows: [], opened: undefined }));
