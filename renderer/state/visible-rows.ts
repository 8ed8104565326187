import { create } from 'zustand';
import type { ThreadRow } from './lists/thread-rows';

type VisibleRows = {
  readonly rows: readonly ThreadRow[];
  /** The conversation in the reader as a row; it may have left the list, for example to another folder. */
  readonly opened: ThreadRow | undefined;
};

/** The rows that the list shows now, in its order: what keys like «next» and «archive» work on. */
export const useVisibleRows = create<VisibleRows>()(() => ({ rows: [], opened: undefined }));

const DRAGGED = 'application/x-posthorn-rows';

/** Names the rows that are being dragged. */
export const dragRows = (to: DataTransfer, rows: readonly ThreadRow[]): void => {
  to.setData(DRAGGED, rows.map(({ key }) => encodeURIComponent(key)).join(' '));
  to.effectAllowed = 'move';
};

/** Whether what is dragged are rows of a list: its content can be read only where it is dropped. */
export const isRowDrag = (types: readonly string[]): boolean => types.includes(DRAGGED);

/** The dragged rows that the list still shows; nothing that came from another program names one. */
export const draggedRows = (from: DataTransfer): readonly ThreadRow[] => {
  const keys = new Set(from.getData(DRAGGED).split(' '));
  return useVisibleRows.getState().rows.filter(({ key }) => keys.has(encodeURIComponent(key)));
};
