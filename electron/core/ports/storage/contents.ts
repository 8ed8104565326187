import type { NewServed } from '../../domain/served/served-octets';

/** Octets that lie in the file already, and belong to nothing yet. */
export type StagedContent = {
  readonly staged: number;
  /** In octets. */
  readonly length: number;
};

/** What a write takes for octets: themselves, or what was staged of them. */
export type Content = Uint8Array | StagedContent;

/** What other programs see of a message, its octets as they are or staged. */
export type StagedServed = Omit<NewServed, 'literals'> & { readonly literals: Content };

/** Large octets on their way into the store. */
export type Contents = {
  /**
   * Writes large octets piece by piece, each in a short commit of its own between which everything else goes on, and
   * calls `use`, whose commit makes them a part of something. What it does not use is deleted, after a crash at the
   * next start. Small octets are handed to `use` at once as they are. Throws `disk-full`, and what `use` throws.
   */
  stage<T>(octets: Uint8Array, use: (content: Content) => T | Promise<T>): Promise<T>;
  /** The same for several, small or large, of one message. */
  stageAll<T>(all: readonly Uint8Array[], use: (contents: readonly Content[]) => T | Promise<T>): Promise<T>;
};
