/** The dialog that lies over the page, if any. */
export type HoldersDialog = 'ask' | 'own-machine' | 'pairing-code' | undefined;
