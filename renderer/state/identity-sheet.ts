import { create } from 'zustand';
import type { IdentityId } from '../../shared/ids';

/** The identity whose details lie over the window, if any. */
export const useIdentitySheet = create<{ readonly identityId: IdentityId | undefined }>()(() => ({
  identityId: undefined,
}));

/** Shows the details of an identity: address, QR code, label, export, delete. */
export const openIdentitySheet = (identityId: IdentityId): void => useIdentitySheet.setState({ identityId });

/** Takes the details away. */
export const closeIdentitySheet = (): void => useIdentitySheet.setState({ identityId: undefined });
