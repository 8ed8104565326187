/** Where a program logs in. */
export type ImapPlace = { readonly port: number; readonly user: string; readonly password: string };
