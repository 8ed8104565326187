/** Keeps app passwords so that the vault does not hold them. */
export type AppPasswordHashes = {
  /** `beside`: those that it will be looked for among; a search costs the same however many there are. */
  hash(o: { readonly password: string; readonly beside: readonly string[] }): Promise<string>;
  /** Which of the hashes is of this password; undefined: none. How long it takes tells nothing. */
  find(o: { readonly password: string; readonly hashes: readonly string[] }): Promise<number | undefined>;
  /** Names a password in memory as long as the program runs, and gives it away to nobody who has only that. */
  digest(password: string): string;
};
