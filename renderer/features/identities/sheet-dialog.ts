/** The dialogs that open over the details of an identity. */
export type SheetDialog = 'delete' | 'export-secret' | 'renew' | 'replace' | 'revoke' | 'import' | 'move' | 'paper';
