import { create } from 'zustand';
import type { ThreadRow } from '../queries/thread-rows';

/** The rows that the list shows now, in its order: what keys like «next» and «archive» work on. */
export const useVisibleRows = create<{ readonly rows: readonly ThreadRow[] }>()(() => ({ rows: [] }));
