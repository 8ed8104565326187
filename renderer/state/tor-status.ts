import { create } from 'zustand';
import type { TorStatus } from '../../shared/tor-status';

/** Tor as the core last described it; undefined until it did. */
export const useTorStatus = create<{ readonly status: TorStatus | undefined }>()(() => ({ status: undefined }));
