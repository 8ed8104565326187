/** How a benchmark is asked to run. */
export type BenchRun = {
  /** Tells of progress, in one line. */
  readonly say: (text: string) => void;
  /** Little of everything: whether the benchmark works, in seconds. Its figures mean nothing. */
  readonly small: boolean;
  /** Messages in a mailbox, where somebody said how many. */
  readonly messages?: number;
};
