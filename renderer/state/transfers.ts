import { create } from 'zustand';
import type { Transfer } from '../../shared/contract/core-events';

/** Transfers that are under way, by their id; a finished one is dropped. */
export const useTransfers = create<{ readonly byId: Readonly<Record<string, Transfer>> }>()(() => ({ byId: {} }));

/** Takes over one report of progress. */
export const recordTransfer = (transfer: Transfer): void =>
  useTransfers.setState(({ byId }) => {
    const { [transfer.transferId]: _, ...others } = byId;
    return { byId: transfer.done ? others : { ...others, [transfer.transferId]: transfer } };
  });
