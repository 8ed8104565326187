/** The dialog that lies over the page, if any. */
export type CustodyDialog = 'ask' | 'own-machine' | 'pairing-code' | undefined;
