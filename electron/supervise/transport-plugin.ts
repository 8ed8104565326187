/** A program that speaks pluggable transports for tor. */
export type TransportPlugin = {
  /** tor's own names of the transports it speaks. */
  readonly transports: readonly string[];
  /** Absolute path. */
  readonly path: string;
  readonly args: readonly string[];
};
