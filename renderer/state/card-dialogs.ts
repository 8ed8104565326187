import { create } from 'zustand';
import type { ContactId, IdentityId } from '../../shared/ids';
import { present } from '../../shared/present';

/** What a scan starts from. `expected`: the contact whose code it ought to be, when the person chose one. */
export type ScanRequest = { readonly identityId: IdentityId; readonly expected?: ContactId | undefined };

/** The dialog about cards that lies over the window, if any. */
export type CardDialog =
  | (ScanRequest & { readonly kind: 'scan' })
  | { readonly kind: 'own'; readonly identityId: IdentityId };

export const useCardDialog = create<{ readonly dialog: CardDialog | undefined }>()(() => ({ dialog: undefined }));

/** Opens the scanner for an identity; with `expected` it warns of every code that is not that contact's. */
export const openScan = ({ identityId, expected }: ScanRequest): void =>
  useCardDialog.setState({ dialog: { kind: 'scan', identityId, ...present({ expected }) } });

/** Shows an identity's own card, for others to scan. */
export const openOwnCard = (identityId: IdentityId): void =>
  useCardDialog.setState({ dialog: { kind: 'own', identityId } });

/** Takes either dialog away. */
export const closeCardDialog = (): void => useCardDialog.setState({ dialog: undefined });
